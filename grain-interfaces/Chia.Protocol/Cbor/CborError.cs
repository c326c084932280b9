namespace Chia.Protocol.Cbor;

/// <summary>Why bytes are not the normal form of CBOR that the protocol writes (PROTOCOL.md 3.1, 11.4). Exactly one reason is reported: the first.</summary>
public enum CborError
{
    /// <summary>The bytes are in normal form.</summary>
    None,

    /// <summary>The data ends inside an item, or a container announces more items than bytes are left.</summary>
    Truncated,

    /// <summary>Bytes follow the end of the item.</summary>
    TrailingBytes,

    /// <summary>An item of indefinite length, or a break outside of one.</summary>
    IndefiniteLength,

    /// <summary>A tag (major type 6).</summary>
    Tag,

    /// <summary>A floating-point number.</summary>
    Float,

    /// <summary>A simple value other than null.</summary>
    SimpleValue,

    /// <summary>A length or integer written with more bytes than it needs.</summary>
    NonShortestHead,

    /// <summary>Additional information 28, 29 or 30, which CBOR reserves.</summary>
    ReservedHead,

    /// <summary>Containers nested deeper than the caller allows.</summary>
    TooDeep,

    /// <summary>A text that is not UTF-8.</summary>
    TextNotUtf8,

    /// <summary>A well-formed item of another type than the one asked for.</summary>
    UnexpectedType,
}
