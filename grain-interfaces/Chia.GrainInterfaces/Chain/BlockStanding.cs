using Chia.Protocol.Outcomes;

namespace Chia.GrainInterfaces.Chain;

/// <summary>Where a block stands relative to the chain, whether it is stored or not.</summary>
/// <param name="Stored">Its header hash is stored.</param>
/// <param name="Parent">Its stored parent; null if unknown.</param>
/// <param name="LowestTipHeight">Smallest height among our tips.</param>
/// <param name="HeaviestWeight">Weight of our heaviest tip.</param>
[GenerateSerializer, Immutable, Alias("chia.BlockStanding")]
public sealed record BlockStanding(bool Stored, TipInfo? Parent, uint LowestTipHeight, ulong HeaviestWeight);

/// <summary>Where a block made of a proof of space would stand (ROLES.md 6.1).</summary>
/// <param name="Parent">The stored block whose challenge the proof answers; not always a tip (DECISIONS 16).</param>
/// <param name="EarliestTimestamp">The earliest timestamp that its child may carry (CONSENSUS.md 11, 2b). Unix time, seconds.</param>
/// <param name="HasBlock">A stored child of it was made of this very proof: another would pose the same challenge (DECISIONS 18).</param>
[GenerateSerializer, Immutable, Alias("chia.CandidateStanding")]
public sealed record CandidateStanding(TipInfo Parent, ulong EarliestTimestamp, bool HasBlock);

/// <summary>What the chain says of an unfinished block.</summary>
/// <param name="Parent">Its parent, if that is stored.</param>
/// <param name="Iterations">Iterations its proof of time must have; 0 if a rule forbids it.</param>
/// <param name="Difficulty">Its difficulty.</param>
/// <param name="Chain">The chain at that moment.</param>
/// <param name="Rule">The rule it breaks; null if it passes.</param>
/// <param name="Detail">What the rule found.</param>
[GenerateSerializer, Immutable, Alias("chia.UnfinishedStanding")]
public sealed record UnfinishedStanding(
    TipInfo? Parent,
    ulong Iterations,
    ulong Difficulty,
    ChainSnapshot Chain,
    ConsensusRule? Rule = null,
    string? Detail = null)
{
    /// <summary>The parent is one of the tips.</summary>
    public bool IsParentTip => Parent is not null && Chain.IsTip(Parent.HeaderHash);
}
