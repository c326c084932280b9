using System.Buffers.Binary;

namespace Chia.Fuzz.Driver;

/// <summary>Damages a good input as a hostile peer, a bad disk or a careless editor would: one to four changes.</summary>
internal static class Mutator
{
    private const int MostChanges = 4;

    /// <summary>Bytes that an insertion or duplication adds at most, so that inputs do not grow without end.</summary>
    private const int LongestRun = 256;

    private static readonly byte[] Bytes =
        [0x00, 0x01, 0x17, 0x18, 0x1b, 0x20, 0x3b, 0x40, 0x5b, 0x5f, 0x7b, 0x7f, 0x80, 0x9b, 0x9f, 0xbb, 0xbf, 0xd8, 0xf6, 0xfb, 0xff];

    private static readonly ulong[] Numbers =
        [0, 1, 23, 24, 255, 256, 65535, 65536, int.MaxValue, 0x80000000, uint.MaxValue, 1UL << 32, long.MaxValue, 1UL << 63,
            ulong.MaxValue];

    /// <summary>A damaged copy.</summary>
    /// <param name="seed">The good input.</param>
    /// <param name="other">Another good input, for splices.</param>
    /// <param name="chance">Decides.</param>
    public static byte[] Mutate(byte[] seed, byte[] other, Chance chance)
    {
        var bytes = seed;
        for (var changes = 1 + chance.Below(MostChanges); changes > 0; changes--)
            bytes = bytes.Length == 0 ? [(byte)chance.Next()] : Change(bytes, other, chance);
        return bytes;
    }

    private static byte[] Change(byte[] bytes, byte[] other, Chance chance)
    {
        // Half of the changes near the start, where names, lengths and counts are.
        var at = chance.Below(chance.Below(2) == 0 ? bytes.Length : Math.Min(bytes.Length, 96));
        var rest = bytes.Length - at;
        var run = 1 + chance.Below(Math.Min(rest, LongestRun));
        switch (chance.Below(9))
        {
            case 0:
                return Set(bytes, at, (byte)(bytes[at] ^ (1 << chance.Below(8))));
            case 1:
                return Set(bytes, at, (byte)chance.Next());
            case 2:
                return Set(bytes, at, chance.Pick(Bytes));
            case 3:
                return Lie(bytes, at, chance);
            case 4:
                return bytes[..at];
            case 5:
                return [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + run)];
            case 6:
                return [.. bytes.AsSpan(0, at + run), .. bytes.AsSpan(at)];
            case 7:
                var from = chance.Below(other.Length + 1);
                return [.. bytes.AsSpan(0, at), .. other.AsSpan(from)];
            default:
                var filler = (byte)chance.Next();
                var inserted = new byte[run];
                inserted.AsSpan().Fill(filler);
                return [.. bytes.AsSpan(0, at), .. inserted, .. bytes.AsSpan(at)];
        }
    }

    /// <summary>A number in place of what may be a length, in either byte order.</summary>
    private static byte[] Lie(byte[] bytes, int at, Chance chance)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        var value = chance.Pick(Numbers) + (ulong)chance.Below(3) - 1;
        if (chance.Below(4) == 0)
            BinaryPrimitives.WriteUInt64LittleEndian(number, value);
        else
            BinaryPrimitives.WriteUInt64BigEndian(number, value);
        var size = Math.Min(1 << chance.Below(4), bytes.Length - at);
        var copy = (byte[])bytes.Clone();
        number[^size..].CopyTo(copy.AsSpan(at));
        return copy;
    }

    private static byte[] Set(byte[] bytes, int at, byte value)
    {
        var copy = (byte[])bytes.Clone();
        copy[at] = value;
        return copy;
    }
}
