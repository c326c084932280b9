using System.Diagnostics;

namespace Chia.Cryptography.Plots;

/// <summary>Numbers in bit strings that are written most significant bit first (POSPACE.md 1).</summary>
internal static class BitPacking
{
    /// <summary>B(n): bytes that hold n bits.</summary>
    public static int Bytes(int bits) => (bits + 7) / 8;

    /// <summary>Reads <paramref name="bits"/> (1 … 118) bits that start at a bit offset.</summary>
    public static UInt128 Read(ReadOnlySpan<byte> data, int bitOffset, int bits)
    {
        Debug.Assert(bits is >= 1 and <= 120);
        UInt128 value = 0;
        var last = (bitOffset + bits - 1) / 8;
        for (var i = bitOffset / 8; i <= last; i++)
            value = (value << 8) | data[i];
        value >>= 7 - ((bitOffset + bits - 1) & 7);
        return value & ((UInt128.One << bits) - 1);
    }

    /// <summary>Writes <paramref name="bits"/> (1 … 118) bits at a bit offset into bytes that are still zero there.</summary>
    public static void Write(Span<byte> data, int bitOffset, int bits, UInt128 value)
    {
        Debug.Assert(bits is >= 1 and <= 120);
        var last = (bitOffset + bits - 1) / 8;
        value <<= 7 - ((bitOffset + bits - 1) & 7);
        for (var i = last; i >= bitOffset / 8; i--)
        {
            data[i] |= (byte)value;
            value >>= 8;
        }
    }
}
