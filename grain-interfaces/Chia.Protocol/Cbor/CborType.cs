namespace Chia.Protocol.Cbor;

/// <summary>The types of items that the normal form knows.</summary>
public enum CborType
{
    /// <summary>No item: the end of the data, an error, or a type outside the normal form.</summary>
    None,

    /// <summary>Unsigned integer (major type 0).</summary>
    Unsigned,

    /// <summary>Negative integer (major type 1): well-formed, but no field of the protocol takes one.</summary>
    Negative,

    /// <summary>Byte string (major type 2).</summary>
    Bytes,

    /// <summary>UTF-8 text (major type 3).</summary>
    Text,

    /// <summary>Array (major type 4).</summary>
    Array,

    /// <summary>Map (major type 5).</summary>
    Map,

    /// <summary>Null (F6): an absent optional.</summary>
    Null,
}
