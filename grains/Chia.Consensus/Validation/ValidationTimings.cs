using System.Diagnostics;

namespace Chia.Consensus.Validation;

/// <summary>Sums of time by stage, over all threads. What is missing to the whole is hashing, comparing and the contextual
/// rules.</summary>
public sealed class ValidationTimings
{
    private readonly long[] _ticks = new long[Enum.GetValues<ValidationStage>().Length];
    private readonly long[] _counts = new long[Enum.GetValues<ValidationStage>().Length];

    /// <summary>Time spent in a stage, summed over threads.</summary>
    public TimeSpan this[ValidationStage stage] => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _ticks[(int)stage]));

    /// <summary>How often a stage ran.</summary>
    internal long CountOf(ValidationStage stage) => Interlocked.Read(ref _counts[(int)stage]);

    /// <summary>Adds what passed since <paramref name="started"/>, a <see cref="Stopwatch.GetTimestamp"/>.</summary>
    internal void AddSince(ValidationStage stage, long started)
    {
        Interlocked.Add(ref _ticks[(int)stage], Stopwatch.GetTimestamp() - started);
        Interlocked.Increment(ref _counts[(int)stage]);
    }
}

/// <summary>Where the time of a validation goes.</summary>
public enum ValidationStage
{
    /// <summary>Making the discriminant of a proof of time from its challenge.</summary>
    Discriminant,

    /// <summary>The rest of verifying a proof of time.</summary>
    ProofOfTime,

    /// <summary>Verifying a proof of space.</summary>
    ProofOfSpace,

    /// <summary>Decoding keys and signatures, verifying signatures.</summary>
    Signatures,
}
