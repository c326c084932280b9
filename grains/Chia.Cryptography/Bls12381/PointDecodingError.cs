namespace Chia.Cryptography.Bls12381;

/// <summary>Why the bytes of a key or a signature are no point (BLS.md 4). An object that carries such bytes cannot be parsed.</summary>
public enum PointDecodingError
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>No point of the curve has this x.</summary>
    NotOnCurve,

    /// <summary>A prepend signature without its mark, bit 0x40 of byte 0.</summary>
    MarkMissing,

    /// <summary>A plain signature with the mark of a prepend signature.</summary>
    MarkUnexpected,
}
