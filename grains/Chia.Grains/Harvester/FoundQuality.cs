using Chia.Protocol.Primitives;

namespace Chia.Grains.Harvester;

/// <summary>Where a quality came from.</summary>
/// <param name="Challenge">The challenge it answers.</param>
/// <param name="Plot">The plot.</param>
/// <param name="Index">Which of the plot's answers.</param>
internal sealed record FoundQuality(Bytes32 Challenge, OpenPlot Plot, int Index);
