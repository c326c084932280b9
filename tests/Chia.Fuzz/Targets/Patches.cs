using System.Buffers.Binary;
using Chia.Fuzz.Driver;

namespace Chia.Fuzz.Targets;

/// <summary>
/// An input that damages a file: five bytes a patch, four for the place and one for the value; a place with its lowest bit set counts from
/// the file's beginning, where headers are. A last incomplete patch cuts the file short.
/// </summary>
internal static class Patches
{
    private const int Size = 5;

    /// <summary>Bytes at the beginning that deserve half of the damage.</summary>
    private const int Header = 512;

    /// <summary>Good inputs: no damage, a little, more.</summary>
    public static IReadOnlyList<byte[]> Corpus { get; } =
        [[], .. Enumerable.Range(1, 12)
            .Select(i => Enumerable.Range(0, i * Size).Select(j => (byte)new Chance((ulong)((i * 1000) + j)).Next()).ToArray())];

    /// <summary>The damaged copy of a file's bytes.</summary>
    public static byte[] Apply(byte[] file, ReadOnlySpan<byte> input)
    {
        var copy = (byte[])file.Clone();
        for (; input.Length >= Size; input = input[Size..])
        {
            var place = BinaryPrimitives.ReadUInt32BigEndian(input);
            copy[place % (uint)((place & 1) == 1 ? Math.Min(Header, copy.Length) : copy.Length)] = input[Size - 1];
        }

        return input.Length < 3
            ? copy
            : copy[..(int)(BinaryPrimitives.ReadUInt16BigEndian(input) * (long)copy.Length / (ushort.MaxValue + 1))];
    }
}
