namespace Chia.Grains.Sync;

/// <summary>Why there is no progress.</summary>
internal enum StallReason
{
    /// <summary>There is progress.</summary>
    None,

    /// <summary>No connected peer answers for the target.</summary>
    NoPeerHasTarget,

    /// <summary>Every usable peer has failed a range; the status names it.</summary>
    NoPeerServesRange,

    /// <summary>Peers were asked and let us wait.</summary>
    WaitingForPeers,

    /// <summary>A check or validation of ours takes long.</summary>
    WaitingForValidation,
}
