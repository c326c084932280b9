using System.Runtime.CompilerServices;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// Points to and from bytes as the reference does it (BLS.md 4): coordinates are taken modulo q, points outside the subgroup pass,
/// and the G2 root procedure's defect is kept. So the Check methods say exactly whether a reference node could parse the bytes.
/// </summary>
public static class PointEncoding
{
    /// <summary>Says whether 48 bytes decode as a public key. Costs a square root in Fq.</summary>
    public static PointDecodingError CheckPublicKey(Bytes48 publicKey) =>
        TryDecode(out G1Affine _, publicKey.Span) ? PointDecodingError.None : PointDecodingError.NotOnCurve;

    /// <summary>Says whether 96 bytes decode as a prepend signature.</summary>
    public static PointDecodingError CheckPrependSignature(Bytes96 signature) =>
        DecodePrepend(out _, in signature);

    /// <summary>Says whether 96 bytes decode as a plain signature.</summary>
    public static PointDecodingError CheckPlainSignature(Bytes96 signature)
    {
        if ((signature.Span[0] & BlsEncoding.PrependMark) != 0)
            return PointDecodingError.MarkUnexpected;
        return TryDecode(out G2Affine _, signature.Span) ? PointDecodingError.None : PointDecodingError.NotOnCurve;
    }

    /// <summary>Decodes a prepend signature: the mark is required and taken off (BLS.md 4.2).</summary>
    [SkipLocalsInit]
    internal static PointDecodingError DecodePrepend(out G2Affine point, in Bytes96 signature)
    {
        point = default;
        if ((signature.Span[0] & BlsEncoding.PrependMark) == 0)
            return PointDecodingError.MarkMissing;
        Span<byte> bare = stackalloc byte[Bytes96.Size];
        signature.Span.CopyTo(bare);
        bare[0] ^= BlsEncoding.PrependMark;
        return TryDecode(out point, bare) ? PointDecodingError.None : PointDecodingError.NotOnCurve;
    }

    /// <summary>Decodes 48 bytes (BLS.md 4.1).</summary>
    [SkipLocalsInit]
    internal static bool TryDecode(out G1Affine point, ReadOnlySpan<byte> bytes)
    {
        Span<byte> coordinate = stackalloc byte[Fq.Size];
        bytes[..Fq.Size].CopyTo(coordinate);
        var sign = (coordinate[0] & BlsEncoding.SignMark) != 0;
        coordinate[0] &= 0xff ^ BlsEncoding.SignMark;
        point = default;
        Fq.FromBytes(out point.X, coordinate);
        G1Affine.RightSide(out var right, in point.X);
        if (!Fq.TrySquareRoot(out point.Y, in right))
            return false;
        if (point.Y.IsBig() != sign)
            Fq.Negate(out point.Y, in point.Y);
        return true;
    }

    /// <summary>Decodes 96 bytes as a bare point: 0x40 and 0x20 of byte 0 belong to the coordinate (BLS.md 4.2).</summary>
    [SkipLocalsInit]
    internal static bool TryDecode(out G2Affine point, ReadOnlySpan<byte> bytes)
    {
        Span<byte> coordinate = stackalloc byte[Fq.Size];
        bytes[..Fq.Size].CopyTo(coordinate);
        var sign = (coordinate[0] & BlsEncoding.SignMark) != 0;
        coordinate[0] &= 0xff ^ BlsEncoding.SignMark;
        point = default;
        Fq.FromBytes(out point.X.C0, coordinate);
        Fq.FromBytes(out point.X.C1, bytes.Slice(Fq.Size, Fq.Size));
        G2Affine.RightSide(out var right, in point.X);
        if (!Fq2Root.TrySquareRoot(out point.Y, in right))
            return false;
        if (point.Y.C1.IsBig() != sign)
            Fq2.Negate(out point.Y, in point.Y);
        return true;
    }

    /// <summary>The 48 bytes of a point (BLS.md 4.1).</summary>
    internal static Bytes48 Encode(in G1Affine point)
    {
        Span<byte> bytes = stackalloc byte[Bytes48.Size];
        point.X.ToBytes(bytes);
        if (point.Y.IsBig())
            bytes[0] |= BlsEncoding.SignMark;
        return new Bytes48(bytes);
    }

    /// <summary>The 96 bytes of a point, with these marks beside the sign: 0 or the prepend mark (BLS.md 4.2).</summary>
    internal static Bytes96 Encode(in G2Affine point, byte mark)
    {
        Span<byte> bytes = stackalloc byte[Bytes96.Size];
        point.X.C0.ToBytes(bytes);
        point.X.C1.ToBytes(bytes[Fq.Size..]);
        if (point.Y.C1.IsBig())
            bytes[0] |= BlsEncoding.SignMark;
        bytes[0] |= mark;
        return new Bytes96(bytes);
    }
}

/// <summary>Why the bytes of a key or a signature are no point (BLS.md 4). An object that carries such bytes cannot be parsed.</summary>
public enum PointDecodingError
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>No point of the curve has this x.</summary>
    NotOnCurve,

    /// <summary>A prepend signature without its mark, bit 0x40 of byte 0.</summary>
    MarkMissing,

    /// <summary>A plain signature with the mark of a prepend signature.</summary>
    MarkUnexpected,
}
