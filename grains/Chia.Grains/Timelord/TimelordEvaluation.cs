namespace Chia.Grains.Timelord;

/// <summary>An evaluation as the scheduler sees it.</summary>
internal sealed class TimelordEvaluation(long id, TimelordChallenge challenge, DateTimeOffset startedAt)
{
    public long Id => id;

    public TimelordChallenge Challenge => challenge;

    public DateTimeOffset StartedAt => startedAt;

    /// <summary>Counts that it was told and has not proven.</summary>
    public SortedSet<ulong> Told { get; } = [];

    /// <summary>It was told to stop and has not ended.</summary>
    public bool IsStopping { get; set; }

    /// <summary>It takes up a slot: it computes, or computed when it was told to stop.</summary>
    public bool HoldsSlot { get; set; }

    /// <summary>Squarings done when last asked.</summary>
    public ulong Iterations { get; set; }

    /// <summary>Squarings per second when last asked.</summary>
    public double IterationsPerSecond { get; set; }

    /// <summary>Squarings to the next proof: what decides who has to go (ROLES.md 5.5), as all evaluations are equally fast.</summary>
    public ulong Remaining => Told.Count == 0 || Told.Min <= Iterations ? 0 : Told.Min - Iterations;
}
