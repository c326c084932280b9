using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Chain;

/// <summary>The chain's state at one moment.</summary>
/// <param name="Tips">Tips in tip order (CONSENSUS.md 13.3); never empty once the grain is active.</param>
/// <param name="Heaviest">The heaviest of them; among equals the first.</param>
/// <param name="Lca">The tips' least common ancestor.</param>
/// <param name="Blocks">Blocks stored, side branches included.</param>
[GenerateSerializer, Immutable, Alias("chia.ChainSnapshot")]
public sealed record ChainSnapshot(TipInfo[] Tips, TipInfo Heaviest, TipInfo Lca, long Blocks)
{
    /// <summary>Why blocks cannot be stored at the moment, for people; null while they can.</summary>
    [Id(0)]
    public string? StoreFault { get; init; }

    /// <summary>Smallest height among the tips: the reference's measure of being behind (SYNC.md 3.3).</summary>
    public uint LowestTipHeight() => Tips.Min(tip => tip.Height);

    /// <summary>True for the header hash of one of the tips.</summary>
    public bool IsTip(Bytes32 headerHash) => Tips.Any(tip => tip.HeaderHash == headerHash);
}

/// <summary>Up to where a list of header hashes agrees with our chain.</summary>
/// <param name="Height">Last height of agreement; −1 if not even genesis agrees.</param>
[GenerateSerializer, Immutable, Alias("chia.ForkPoint")]
public sealed record ForkPoint(long Height);

/// <summary>The answer to a request for blocks or headers by height (CONSENSUS.md 15.2).</summary>
/// <param name="Outcome">Whether there is one.</param>
/// <param name="Items">ser(FullBlock) or ser(HeaderBlock) each, in the order of the request.</param>
[GenerateSerializer, Immutable, Alias("chia.RangeAnswer")]
public sealed record RangeAnswer(RangeOutcome Outcome, byte[][] Items);
