namespace Chia.Protocol.Cbor;

/// <summary>Sizes of CBOR as every peer writes it: each number in the shortest head.</summary>
internal static class CborSize
{
    /// <summary>Bytes of the shortest head for a number: a length, a count, or the number itself.</summary>
    public static int OfHead(ulong number) => number switch
    {
        <= 23 => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        <= uint.MaxValue => 5,
        _ => 9,
    };
}
