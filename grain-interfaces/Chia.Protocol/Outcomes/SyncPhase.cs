namespace Chia.Protocol.Outcomes;

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
