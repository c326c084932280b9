using Chia.Protocol.Blocks;

namespace Chia.Grains.Timelord;

/// <summary>What an evaluation's threads tell their grain.</summary>
/// <param name="Evaluation">Who tells it.</param>
internal abstract record EvaluationNote(EvaluationThread Evaluation)
{
    /// <summary>A proof is made and verified.</summary>
    internal sealed record Proved(EvaluationThread Evaluation, ProofOfTime Proof) : EvaluationNote(Evaluation);

    /// <summary>Its threads have ended.</summary>
    /// <param name="Evaluation">Who.</param>
    /// <param name="Failure">Why, if nobody wanted it.</param>
    internal sealed record Ended(EvaluationThread Evaluation, Exception? Failure) : EvaluationNote(Evaluation);
}
