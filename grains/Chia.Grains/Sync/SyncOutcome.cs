namespace Chia.Grains.Sync;

/// <summary>How a synchronisation ended.</summary>
internal enum SyncOutcome
{
    /// <summary>Every block up to the target is accepted and our heaviest tip weighs at least as much.</summary>
    Reached,

    /// <summary>Our chain overtook or already held the target.</summary>
    CaughtUp,

    /// <summary>No target is left to try.</summary>
    NoTargetLeft,

    /// <summary>A checkpoint did not fit our chain any more.</summary>
    CheckpointObsolete,
}
