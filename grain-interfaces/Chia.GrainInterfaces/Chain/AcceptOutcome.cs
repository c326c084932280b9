namespace Chia.GrainInterfaces.Chain;

/// <summary>What became of a block (CONSENSUS.md 13.2).</summary>
public enum AcceptOutcome
{
    /// <summary>It is a tip now.</summary>
    AddedToHead,

    /// <summary>Stored on a side branch.</summary>
    AddedAsOrphan,

    /// <summary>Stored before.</summary>
    AlreadyHave,

    /// <summary>Its parent is not stored.</summary>
    Disconnected,

    /// <summary>A rule forbids it.</summary>
    Invalid,

    /// <summary>It builds on the other honest form of its parent (DECISIONS 1): fetch that copy of the parent.</summary>
    ParentInOtherForm,
}
