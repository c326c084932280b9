namespace Chia.Grains.Timelord;

/// <summary>An evaluation as the scheduler sees it.</summary>
/// <param name="id">Its name.</param>
/// <param name="challenge">What it evaluates.</param>
/// <param name="startedAt">When it began, on the monotonic clock.</param>
/// <param name="headStart">Squarings that it may do while nothing is to be proven.</param>
internal sealed class TimelordEvaluation(long id, TimelordChallenge challenge, long startedAt, ulong headStart)
{
    public long Id => id;

    public TimelordChallenge Challenge => challenge;

    public long StartedAt => startedAt;

    /// <summary>Counts that it was asked for and has not proven.</summary>
    public SortedSet<ulong> Asked { get; } = [];

    /// <summary>It was told to stop and has not ended.</summary>
    public bool IsStopping { get; set; }

    /// <summary>It takes up a slot: it computes, or computed when it was told to stop.</summary>
    public bool HoldsSlot { get; set; }

    /// <summary>It was told to square although nothing is to be proven, and has not been told otherwise.</summary>
    public bool IsAhead { get; set; }

    /// <summary>It has not had all of its head start.</summary>
    public bool HasHeadStart => Iterations < headStart;

    /// <summary>How far it may square while nothing is to be proven.</summary>
    public ulong HeadStart => headStart;

    /// <summary>Squarings done when last asked.</summary>
    public ulong Iterations { get; set; }

    /// <summary>Squarings per second when last asked.</summary>
    public double IterationsPerSecond { get; set; }

    /// <summary>Squarings to the next proof: what decides who has to go (ROLES.md 5.5), as all evaluations are equally fast.</summary>
    public ulong Remaining => Asked.Count == 0 || Asked.Min <= Iterations ? 0 : Asked.Min - Iterations;
}
