namespace Chia.Grains.Sync;

/// <summary>The one answer to "how is the synchronisation?" (HOUSE.md 6).</summary>
internal enum SyncState
{
    /// <summary>No full node is connected.</summary>
    NoPeers,

    /// <summary>A better tip is known, others are waited for.</summary>
    Collecting,

    /// <summary>Under way; <see cref="SyncStatus.Phase"/> says where.</summary>
    Syncing,

    /// <summary>Under way but without progress; <see cref="SyncStatus.Stall"/> says why.</summary>
    Stalled,

    /// <summary>No better tip is known.</summary>
    Synced,
}
