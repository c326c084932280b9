namespace Chia.Consensus.Rules;

/// <summary>Why no difficulty or speed exists for the children of a block (CONSENSUS.md 9, 10): such a block can never have a valid
/// child.</summary>
public enum AdjustmentError
{
    /// <summary>There is one.</summary>
    None,

    /// <summary>An ancestor that the adjustment looks at is not known.</summary>
    MissingAncestor,

    /// <summary>Two of the timestamps that are subtracted are equal: a division by zero.</summary>
    NoTimeDifference,

    /// <summary>The new value has a magnitude of 2^64 or more.</summary>
    Overflow,
}
