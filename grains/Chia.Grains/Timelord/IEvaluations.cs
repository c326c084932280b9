using Chia.Protocol.Primitives;

namespace Chia.Grains.Timelord;

/// <summary>The evaluations of a timelord.</summary>
internal interface IEvaluations
{
    /// <summary>Where those that run are.</summary>
    IEnumerable<EvaluationProgress> Progress { get; }

    /// <summary>Has them do what the scheduler wants; returns at once.</summary>
    void Carry(IReadOnlyList<EvaluationOrder> orders);
}

/// <summary>Where an evaluation is.</summary>
/// <param name="Evaluation">The scheduler's name for it.</param>
/// <param name="Challenge">What it evaluates.</param>
/// <param name="Iterations">Squarings done.</param>
/// <param name="IterationsPerSecond">Its speed, pauses left out.</param>
internal readonly record struct EvaluationProgress(long Evaluation, Bytes32 Challenge, ulong Iterations, double IterationsPerSecond);
