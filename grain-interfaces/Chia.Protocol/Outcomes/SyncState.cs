namespace Chia.Protocol.Outcomes;

/// <summary>The one answer to "how is the synchronisation?" (HOUSE.md 6).</summary>
public enum SyncState
{
    /// <summary>No full node is connected: nobody to ask.</summary>
    NoPeers,

    /// <summary>A better tip is known; for a moment others are waited for.</summary>
    Collecting,

    /// <summary>Under way; the <see cref="SyncPhase"/> says where.</summary>
    Syncing,

    /// <summary>Under way but without progress; the reason is told beside it.</summary>
    Stalled,

    /// <summary>On the heaviest chain that anybody has shown.</summary>
    Synced,
}
