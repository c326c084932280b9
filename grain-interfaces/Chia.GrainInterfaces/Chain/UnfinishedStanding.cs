using Chia.Protocol.Outcomes;

namespace Chia.GrainInterfaces.Chain;

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
