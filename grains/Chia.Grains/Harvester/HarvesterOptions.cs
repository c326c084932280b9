using Chia.Grains.Work;

namespace Chia.Grains.Harvester;

/// <summary>Bounds of a harvester; the reference has none.</summary>
public sealed record HarvesterOptions
{
    /// <summary>Whom it talks to.</summary>
    public PeerAccess AcceptFrom { get; set; } = PeerAccess.Configured;

    /// <summary>How long a quality is remembered: longer than the farmer keeps its challenge.</summary>
    public TimeSpan QualityAge { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Between looks at the list and its files: new and gone plots are seen within twice that (OPERATIONS 2).</summary>
    public TimeSpan RescanInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Qualities remembered, the oldest make room; about 150 bytes each.</summary>
    public int MaxQualities { get; set; } = 100_000;
}
