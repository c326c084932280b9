using Chia.Protocol.Primitives;

namespace Chia.Grains.Timelord;

/// <summary>The evaluations of a timelord.</summary>
internal interface IEvaluations
{
    /// <summary>Where those that run are.</summary>
    IEnumerable<EvaluationProgress> Progress { get; }

    /// <summary>Has them do what the scheduler wants; returns at once.</summary>
    void CarryOut(IReadOnlyList<EvaluationOrder> orders);
}

/// <summary>Where an evaluation is.</summary>
/// <param name="Evaluation">The scheduler's name for it.</param>
/// <param name="Challenge">What it evaluates.</param>
/// <param name="Iterations">Squarings done.</param>
/// <param name="IterationsPerSecond">Its speed, pauses left out.</param>
internal readonly record struct EvaluationProgress(long Evaluation, Bytes32 Challenge, ulong Iterations, double IterationsPerSecond);

/// <summary>What a <see cref="TimelordScheduler"/> wants of its evaluations, to be carried out in order and at once.</summary>
internal abstract record EvaluationOrder
{
    private EvaluationOrder()
    {
    }

    /// <summary>Begin an evaluation; it is not used again after it was reported to have ended.</summary>
    internal sealed record Start(long Evaluation, Bytes32 Challenge) : EvaluationOrder;

    /// <summary>Have an evaluation prove so many iterations; each count is asked for once.</summary>
    internal sealed record Prove(long Evaluation, ulong Iterations) : EvaluationOrder;

    /// <summary>Have an evaluation square so far although nothing is to be proven, in place of what was said before; 0 makes it
    /// wait.</summary>
    internal sealed record SquareAhead(long Evaluation, ulong Iterations) : EvaluationOrder;

    /// <summary>End an evaluation and report when it has.</summary>
    internal sealed record Stop(long Evaluation) : EvaluationOrder;

    /// <summary>A challenge is not evaluated again, it failed too often; for the log.</summary>
    internal sealed record GiveUp(Bytes32 Challenge) : EvaluationOrder;
}
