namespace Chia.Protocol.Streamable;

/// <summary>Why bytes are not the normal form of a structure (CONSENSUS.md 2.3; DECISIONS 6). Exactly one reason is reported: the
/// first.</summary>
public enum StreamableError
{
    /// <summary>The bytes are the normal form.</summary>
    None,

    /// <summary>The data ends inside a field.</summary>
    Truncated,

    /// <summary>Bytes follow the end of the structure.</summary>
    TrailingBytes,

    /// <summary>The flag before an optional field is neither 0 nor 1.</summary>
    OptionalFlag,

    /// <summary>A list announces more bytes than its limit.</summary>
    ListTooLong,

    /// <summary>A text is not ASCII.</summary>
    TextNotAscii,

    /// <summary>A plain signature carries the mark of a prepend signature (bit 0x40).</summary>
    PlainSignatureMarked,

    /// <summary>A prepend signature lacks its mark (bit 0x40).</summary>
    PrependSignatureUnmarked,
}
