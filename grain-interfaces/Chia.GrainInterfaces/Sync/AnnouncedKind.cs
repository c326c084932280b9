namespace Chia.GrainInterfaces.Sync;

/// <summary>How an announced block stands to our chain.</summary>
public enum AnnouncedKind
{
    /// <summary>It is stored, or its parent is.</summary>
    Connected,

    /// <summary>Its parent is unknown.</summary>
    Disconnected,

    /// <summary>Near-sync followed its parents to the end of its window in vain: a deep fork (DECISIONS 10).</summary>
    OutOfReach,
}
