namespace Chia.Grains.Sync;

/// <summary>What to do about a disconnected block (SYNC.md 3.3, DECISIONS 10).</summary>
internal enum SyncDecision
{
    /// <summary>Nothing: it is no better than ours, or cannot be followed.</summary>
    Ignore,

    /// <summary>Ask its sender for the parent (SYNC.md 3.3, near-sync).</summary>
    NearSync,

    /// <summary>Announce it to the machine: it is a target.</summary>
    Sync,
}
