namespace Chia.Protocol.Cbor;

/// <summary>The bits of an item's first byte, and how large a head is.</summary>
internal static class CborHead
{
    public const int Unsigned = 0x00;
    public const int Negative = 0x20;
    public const int Bytes = 0x40;
    public const int Text = 0x60;
    public const int Array = 0x80;
    public const int Map = 0xa0;
    public const int Tag = 0xc0;
    public const int Simple = 0xe0;

    public const int MajorMask = 0xe0;
    public const int InfoMask = 0x1f;

    /// <summary>Largest number that fits in the first byte itself.</summary>
    public const int MaxInline = 23;

    /// <summary>Additional information: the number follows in 1, 2, 4 or 8 bytes.</summary>
    public const int OneByte = 24;
    public const int TwoBytes = 25;
    public const int FourBytes = 26;
    public const int EightBytes = 27;

    public const byte Null = 0xf6;

    /// <summary>Bytes of the shortest head for a number.</summary>
    public static int SizeOf(ulong number) => number switch
    {
        <= MaxInline => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        <= uint.MaxValue => 5,
        _ => 9,
    };
}
