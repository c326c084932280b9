namespace Chia.GrainInterfaces.Sync;

/// <summary>What the node is doing about its chain (HOUSE.md 6).</summary>
public enum SyncPhase
{
    /// <summary>Nobody to ask.</summary>
    NoPeers,

    /// <summary>Hearing what peers have.</summary>
    Collecting,

    /// <summary>Checking the claimed tip and fetching its header hashes.</summary>
    HeaderHashes,

    /// <summary>Fetching and checking headers.</summary>
    Headers,

    /// <summary>Fetching, checking and storing blocks.</summary>
    Blocks,

    /// <summary>Nothing moves; the reason is told.</summary>
    Stalled,

    /// <summary>On the heaviest chain anybody has shown.</summary>
    Synced,
}
