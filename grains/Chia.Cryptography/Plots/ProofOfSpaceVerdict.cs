namespace Chia.Cryptography.Plots;

/// <summary>What a verification of a proof of space found; everything but <see cref="Valid"/> makes its block invalid.</summary>
public enum ProofOfSpaceVerdict
{
    /// <summary>The proof answers the challenge.</summary>
    Valid,

    /// <summary>k is not in 1 … 59 (POSPACE.md 5.3).</summary>
    SizeOutOfRange,

    /// <summary>The proof is not exactly 8·k bytes long.</summary>
    WrongLength,

    /// <summary>Two neighbouring subtrees do not match (POSPACE.md 3).</summary>
    ValuesDoNotMatch,

    /// <summary>The values belong together, but answer another challenge.</summary>
    WrongChallenge,
}
