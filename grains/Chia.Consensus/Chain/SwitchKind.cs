namespace Chia.Consensus.Chain;

/// <summary>Result of switching a stored block to its other variant.</summary>
public enum SwitchKind
{
    /// <summary>Switched.</summary>
    Switched = 1,

    /// <summary>The block is not stored.</summary>
    Unknown,

    /// <summary>It is stored in this variant already.</summary>
    SameVariant,

    /// <summary>It is the genesis block, whose challenge is given, or the other variant breaks a rule.</summary>
    Invalid,
}
