namespace Chia.Protocol.Outcomes;

/// <summary>What became of a block handed to the chain (CONSENSUS.md 13.2).</summary>
public enum AcceptOutcome
{
    /// <summary>Stored now; it is a tip.</summary>
    AddedToHead,

    /// <summary>Stored now, on a side branch.</summary>
    AddedAsOrphan,

    /// <summary>Its header hash was stored before.</summary>
    AlreadyHave,

    /// <summary>Its parent is not stored.</summary>
    Disconnected,

    /// <summary>A rule forbids it.</summary>
    Invalid,

    /// <summary>
    /// Valid, but for one thing: it answers another challenge than our copy of its parent poses. If the parent has another variant that
    /// poses it, that copy of the parent should be fetched and switched to (DECISIONS 1); if not, the block is invalid.
    /// </summary>
    ParentInOtherVariant,
}
