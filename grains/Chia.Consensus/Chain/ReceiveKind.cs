namespace Chia.Consensus.Chain;

/// <summary>Result of receiving a block (CONSENSUS.md 13.2).</summary>
public enum ReceiveKind
{
    /// <summary>The header hash is stored.</summary>
    AlreadyHave = 1,

    /// <summary>The previous block is not stored.</summary>
    Disconnected,

    /// <summary>A rule is broken.</summary>
    Invalid,

    /// <summary>
    /// Valid, but for one thing: it answers another challenge than our copy of its parent poses. If <see cref="Validation.HonestForms"/> can
    /// make the parent answer to it, the parent's form should be switched (DECISIONS 1); if not, the block is invalid.
    /// </summary>
    ParentInOtherForm,

    /// <summary>Stored; not a tip.</summary>
    AddedAsOrphan,

    /// <summary>Stored; a tip.</summary>
    AddedToHead,
}
