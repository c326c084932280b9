using System.Numerics;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Streamable;

/// <summary>
/// Brings encodings of BLS points to the one that a decode and re-encode would give (BLS.md 4.3), without decoding the point:
/// coordinates are reduced modulo the field prime, and the sign bit of a signature is cleared where y has no u-part.
/// </summary>
public static class BlsEncoding
{
    /// <summary>Sign of y, in byte 0.</summary>
    public const byte SignMark = 0x80;

    /// <summary>Marks a prepend signature, in byte 0.</summary>
    public const byte PrependMark = 0x40;

    private const int CoordinateSize = 48;

    private static readonly byte[] PrimeBytes = Convert.FromHexString(
        "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab");

    private static readonly BigInteger Prime = new(PrimeBytes, isUnsigned: true, isBigEndian: true);

    /// <summary>Canonical form of a 48-byte public key. Bits 0x40 and 0x20 of byte 0 belong to the coordinate.</summary>
    public static Bytes48 CanonicalPublicKey(ReadOnlySpan<byte> encoded)
    {
        Span<byte> bytes = stackalloc byte[CoordinateSize];
        encoded.CopyTo(bytes);
        var sign = bytes[0] & SignMark;
        bytes[0] &= 0xff ^ SignMark;
        Reduce(bytes);
        bytes[0] |= (byte)sign;
        return new Bytes48(bytes);
    }

    /// <summary>Canonical form of a 96-byte signature, plain or prepend: the prepend mark is kept, the sign follows BLS.md 4.2.</summary>
    internal static Bytes96 CanonicalSignature(ReadOnlySpan<byte> encoded)
    {
        Span<byte> bytes = stackalloc byte[2 * CoordinateSize];
        encoded.CopyTo(bytes);
        var marks = bytes[0] & (SignMark | PrependMark);
        bytes[0] &= 0xff ^ (SignMark | PrependMark);
        Reduce(bytes[..CoordinateSize]);
        Reduce(bytes[CoordinateSize..]);
        if ((marks & SignMark) != 0 && RightSideIsInBaseField(bytes))
            marks &= PrependMark;
        bytes[0] |= (byte)marks;
        return new Bytes96(bytes);
    }

    /// <summary>The u-part of x³ + 4 + 4u vanishes, so y has no u-part and its sign is written as 0.</summary>
    private static bool RightSideIsInBaseField(ReadOnlySpan<byte> coordinates)
    {
        var x0 = new BigInteger(coordinates[..CoordinateSize], isUnsigned: true, isBigEndian: true);
        var x1 = new BigInteger(coordinates[CoordinateSize..], isUnsigned: true, isBigEndian: true);
        return ((x1 * (3 * x0 * x0 - x1 * x1)) + 4) % Prime == 0;
    }

    private static void Reduce(Span<byte> coordinate)
    {
        if (coordinate.SequenceCompareTo(PrimeBytes) < 0)
            return;
        var reduced = new BigInteger(coordinate, isUnsigned: true, isBigEndian: true) % Prime;
        coordinate.Clear();
        reduced.TryWriteBytes(coordinate[^reduced.GetByteCount(isUnsigned: true)..], out _, isUnsigned: true, isBigEndian: true);
    }
}
