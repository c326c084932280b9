using Chia.Grains.Work;

namespace Chia.Grains.Validation;

/// <summary>
/// Threads for proofs: one a core, below normal priority, so that validation never keeps messages waiting. The queue needs no bound of its
/// own: every connection and the sync wait for their results before they hand in more. New blocks go before those of a sync.
/// </summary>
/// <param name="count">How many; 0 for one a core.</param>
public sealed class ValidationThreads(int count = 0)
    : WorkThreads("validation", count > 0 ? count : Environment.ProcessorCount, ThreadPriority.BelowNormal);
