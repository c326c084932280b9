using System.Buffers.Binary;
using System.Numerics;

namespace Chia.Cryptography.ClassGroups;

/// <summary>
/// An n-Wesolowski witness taken apart (VDF.md 7.1). The counts and elements stand in the order of the bytes: the proof
/// of the last segment, then (count, end of segment, proof) from segment n to segment 1.
/// </summary>
internal sealed class Witness
{
    private Witness(ulong[] counts, (BigInteger A, BigInteger B)[] elements)
    {
        Counts = counts;
        Elements = elements;
    }

    /// <summary>Iterations of the segments but the last; the last entry is that of the first segment.</summary>
    public ulong[] Counts { get; }

    /// <summary>2n + 1 pairs (a, b), unchecked.</summary>
    public (BigInteger A, BigInteger B)[] Elements { get; }

    /// <summary>Bytes of one coefficient for discriminants of the given length.</summary>
    public static int CoefficientSize(BigInteger discriminant) => CoefficientSize((int)BigInteger.Abs(discriminant).GetBitLength());

    /// <summary>Bytes of one coefficient for discriminants of so many bits.</summary>
    public static int CoefficientSize(int discriminantBits) => (discriminantBits + 16) / 16;

    /// <summary>Whether 2n + 1 elements can be in a witness of this length, before anything is allocated for them.</summary>
    public static bool HasPossibleLength(int length, int type, int coefficientSize)
    {
        var elementSize = 2 * coefficientSize;
        var full = elementSize + (type * (sizeof(ulong) + (2 * elementSize)));
        return length > full - elementSize && length <= full + sizeof(ulong);
    }

    /// <summary>
    /// Reads a witness as the network does, that is leniently: the last count and the last coefficient may be short, and
    /// up to eight bytes after the last element count as one more (short) count, of which the last ones are used. Blocks
    /// with such tails are valid, so refusing them would split the chain. Null if there are not exactly 2n + 1 elements.
    /// </summary>
    public static Witness? Parse(ReadOnlySpan<byte> bytes, int type, int coefficientSize)
    {
        var elementSize = 2 * coefficientSize;
        var recordSize = sizeof(ulong) + (2 * elementSize);
        if (!HasPossibleLength(bytes.Length, type, coefficientSize))
            return null;
        var counts = new List<ulong>(type + 1);
        var elementBytes = new List<byte>(bytes.Length);
        elementBytes.AddRange(Slice(bytes, 0, elementSize));
        for (var offset = elementSize; offset < bytes.Length; offset += recordSize)
        {
            counts.Add(ReadCount(Slice(bytes, offset, sizeof(ulong))));
            elementBytes.AddRange(Slice(bytes, offset + sizeof(ulong), 2 * elementSize));
        }

        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(elementBytes);
        var elements = new (BigInteger, BigInteger)[(all.Length + elementSize - 1) / elementSize];
        if (elements.Length != (2 * type) + 1)
            return null;
        for (var i = 0; i < elements.Length; i++)
        {
            var element = Slice(all, i * elementSize, elementSize);
            elements[i] = (ReadSigned(Slice(element, 0, coefficientSize)), ReadSigned(Slice(element, coefficientSize, coefficientSize)));
        }

        return new Witness([.. counts], elements);
    }

    /// <summary>
    /// The iterations of the segments, first to last, or null if the counts claim more than there are, or leave fewer than
    /// three before a segment other than the last, which the reference does not accept (VDF.md 7.2).
    /// </summary>
    public ulong[]? SegmentLengths(int type, ulong iterations)
    {
        var lengths = new ulong[type + 1];
        for (var i = 0; i < type; i++)
        {
            // From the end of the list, which may have one count more than there are segments.
            lengths[i] = Counts[Counts.Length - 1 - i];
            if (iterations <= 2 || lengths[i] > iterations)
                return null;
            iterations -= lengths[i];
        }

        lengths[type] = iterations;
        return lengths;
    }

    /// <summary>A signed big-endian number; of no bytes: 0.</summary>
    public static BigInteger ReadSigned(ReadOnlySpan<byte> bytes) => new(bytes, isBigEndian: true);

    private static ulong ReadCount(ReadOnlySpan<byte> bytes)
    {
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        bytes.CopyTo(padded[(sizeof(ulong) - bytes.Length)..]);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }

    /// <summary>As much of the range as exists.</summary>
    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> bytes, int start, int length) =>
        start >= bytes.Length ? default : bytes.Slice(start, Math.Min(length, bytes.Length - start));
}
