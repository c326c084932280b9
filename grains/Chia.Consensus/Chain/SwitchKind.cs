namespace Chia.Consensus.Chain;

/// <summary>Result of switching a stored block to its other form.</summary>
public enum SwitchKind
{
    /// <summary>Switched.</summary>
    Switched = 1,

    /// <summary>The block is not stored.</summary>
    Unknown,

    /// <summary>It is stored in this form already.</summary>
    SameForm,

    /// <summary>It is the genesis block, whose form is given, or the other form breaks a rule.</summary>
    Invalid,
}
