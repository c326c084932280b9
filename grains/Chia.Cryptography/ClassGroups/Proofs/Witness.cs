using System.Buffers.Binary;
using System.Numerics;

namespace Chia.Cryptography.ClassGroups;

/// <summary>
/// An n-Wesolowski witness taken apart (VDF.md 7, 8.1). The counts and elements stand in the order of the bytes: the proof
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

    /// <summary>Bytes of a witness of type n: 2n + 1 elements and n counts (VDF.md 8.1); other lengths are refused before anything is
    /// allocated.</summary>
    public static int LengthOf(int type, int coefficientSize) => (2 * coefficientSize) + (type * (sizeof(ulong) + (4 * coefficientSize)));

    /// <summary>
    /// Reads a witness in its one encoding: every count and coefficient in full width, nothing behind the last. The reference reads on
    /// leniently (VDF.md 7.1); no honest prover makes use of that. Null if the length is not that of the type.
    /// </summary>
    public static Witness? Parse(ReadOnlySpan<byte> bytes, int type, int coefficientSize)
    {
        if (bytes.Length != LengthOf(type, coefficientSize))
            return null;
        var counts = new ulong[type];
        var elements = new (BigInteger, BigInteger)[(2 * type) + 1];
        elements[0] = TakeElement(ref bytes, coefficientSize);
        for (var i = 0; i < type; i++)
        {
            counts[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes);
            bytes = bytes[sizeof(ulong)..];
            elements[(2 * i) + 1] = TakeElement(ref bytes, coefficientSize);
            elements[(2 * i) + 2] = TakeElement(ref bytes, coefficientSize);
        }

        return new Witness(counts, elements);
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

    private static (BigInteger A, BigInteger B) TakeElement(ref ReadOnlySpan<byte> bytes, int coefficientSize)
    {
        var element = (ReadSigned(bytes[..coefficientSize]), ReadSigned(bytes.Slice(coefficientSize, coefficientSize)));
        bytes = bytes[(2 * coefficientSize)..];
        return element;
    }
}
