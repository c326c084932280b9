namespace Chia.Protocol;

/// <summary>
/// The first bytes of a payload, looked at before the rest has arrived: not yet CBOR, so no reader of CBOR is asked. Every peer begins
/// with a map of two, the key <c>f</c> and the function's name.
/// </summary>
internal static class EnvelopeStart
{
    /// <summary>First byte of a short text (major type 3): its length is in the low five bits, up to 23.</summary>
    private const int Text = 0x60;

    /// <summary>First byte of a text whose length follows in one byte.</summary>
    private const int TextOfOneByteLength = 0x78;

    /// <summary>A map of two, and the one-letter text that is its first key.</summary>
    private static ReadOnlySpan<byte> Usual => [0xa2, Text | 1, (byte)'f'];

    /// <summary>
    /// The name as UTF-8 bytes, if that is what follows. Null while it cannot be known: the name is not complete, or the payload begins in
    /// another way. False if what follows is no name at all: another type, or a text longer than any name.
    /// </summary>
    public static bool? TryReadName(ReadOnlySpan<byte> start, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!start.StartsWith(Usual) || start.Length == Usual.Length)
            return null;
        var rest = start[Usual.Length..];
        var first = rest[0];
        if (first is < Text or > TextOfOneByteLength)
            return first is > TextOfOneByteLength and <= TextOfOneByteLength + 3 ? null : false;
        var head = first == TextOfOneByteLength ? 2 : 1;
        if (rest.Length < head)
            return null;
        var length = head == 1 ? first - Text : rest[1];
        if (rest.Length < head + length)
            return null;
        name = rest.Slice(head, length);
        return true;
    }
}
