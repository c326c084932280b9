using Chia.Protocol.Outcomes;

namespace Chia.Consensus.Verdicts;

/// <summary>Why something is not valid.</summary>
/// <param name="Rule">The first rule that it breaks.</param>
/// <param name="Detail">The values, for people.</param>
public sealed record Rejection(ConsensusRule Rule, string Detail)
{
    /// <summary>Rule and detail in one line.</summary>
    public override string ToString() => $"{Rule}: {Detail}";
}
