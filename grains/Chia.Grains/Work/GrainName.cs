using Chia.Protocol.Primitives;

namespace Chia.Grains.Work;

/// <summary>What a grain's key says.</summary>
internal static class GrainName
{
    /// <summary>The node that a grain belongs to, of which there is one a node.</summary>
    public static NodeName Node(this IGrainBase grain) => NodeName.Parse(grain.GrainContext.GrainId.Key.ToString()!);
}
