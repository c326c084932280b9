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

/// <summary>The stages of a synchronisation, in order (SYNC.md 5).</summary>
public enum SyncPhase
{
    /// <summary>Nothing to do.</summary>
    Idle,

    /// <summary>Waiting a moment for more tips.</summary>
    Collecting,

    /// <summary>The target's block is being verified by itself.</summary>
    CheckingTarget,

    /// <summary>A hash list is asked for.</summary>
    HeaderHashes,

    /// <summary>Our chain is compared with the list.</summary>
    ForkPoint,

    /// <summary>Headers are fetched and verified.</summary>
    Headers,

    /// <summary>Blocks are fetched and applied.</summary>
    Blocks,
}
