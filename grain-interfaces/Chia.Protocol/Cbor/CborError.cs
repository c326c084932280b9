namespace Chia.Protocol.Cbor;

/// <summary>Why bytes are not CBOR as the protocol takes it (PROTOCOL.md 3.1, 11.4; DECISIONS 6). Exactly one reason is reported: the
/// first.</summary>
public enum CborError
{
    /// <summary>They are.</summary>
    None,

    /// <summary>
    /// Not well-formed: the data ends inside an item, an item announces more than the bytes that are left, a head is one that CBOR
    /// reserves, or a break stands outside of an item.
    /// </summary>
    Malformed,

    /// <summary>Bytes follow the end of the item.</summary>
    TrailingBytes,

    /// <summary>An item of indefinite length.</summary>
    IndefiniteLength,

    /// <summary>A tag (major type 6).</summary>
    Tag,

    /// <summary>A floating-point number.</summary>
    Float,

    /// <summary>A simple value other than null.</summary>
    SimpleValue,

    /// <summary>Containers nested deeper than the caller allows.</summary>
    TooDeep,

    /// <summary>A text that is not UTF-8.</summary>
    TextNotUtf8,

    /// <summary>A well-formed item of another type than the one asked for.</summary>
    UnexpectedType,
}
