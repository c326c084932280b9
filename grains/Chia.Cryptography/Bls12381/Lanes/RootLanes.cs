using System.Runtime.CompilerServices;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// Square roots in Fq2 and the decoding of points (BLS.md 3 and 4), eight at a time. Values without u-part, where the reference's root2
/// is peculiar, are left to <see cref="Fq2Root"/>: their lanes are called odd.
/// </summary>
internal static unsafe class RootLanes
{
    private static readonly FqLanes* Four = LaneConstants.Of(4);

    /// <summary>r = x³ + 4 + 4u, tight.</summary>
    [SkipLocalsInit]
    public static void RightSide(Fq2Lanes* r, Fq2Lanes* x)
    {
        var memory = stackalloc byte[sizeof(Fq2Lanes) + FqLanes.Alignment];
        var cube = (Fq2Lanes*)FqLanes.Align(memory);
        Fq2Lanes.Square(cube, x);
        Fq2Lanes.Multiply(cube, cube, x);
        FqLanes.Add(&cube->C0, &cube->C0, Four);
        FqLanes.Add(&cube->C1, &cube->C1, Four);
        Fq2Lanes.Tighten(r, cube);
    }

    /// <summary>normRoot = root1 of the norm of x.</summary>
    /// <returns>The lanes in which x is a square.</returns>
    [SkipLocalsInit]
    public static int NormRoot(FqLanes* normRoot, Fq2Lanes* x)
    {
        var memory = stackalloc byte[sizeof(FqLanes) + FqLanes.Alignment];
        var norm = (FqLanes*)FqLanes.Align(memory);
        Fq2Lanes.Norm(norm, x);
        return FqLanes.SquareRoot(normRoot, norm);
    }

    /// <summary>The rest of root2 for squares x, as <see cref="Fq2Root.FromNormRoot"/>.</summary>
    /// <returns>The odd lanes.</returns>
    [SkipLocalsInit]
    public static int FromNormRoot(Fq2Lanes* r, Fq2Lanes* x, FqLanes* normRoot)
    {
        var memory = stackalloc byte[(5 * sizeof(FqLanes)) + FqLanes.Alignment];
        FqLanes* t = (FqLanes*)FqLanes.Align(memory), power = t + 1, root = t + 2, other = t + 3, check = t + 4;
        FqLanes.Add(t, &x->C0, normRoot);
        FqLanes.Multiply(t, t, LaneConstants.Half);
        FqLanes.RootPower(power, t);
        FqLanes.Multiply(root, t, power);
        FqLanes.Multiply(check, root, root);
        FqLanes.Multiply(other, &x->C1, power);
        FqLanes.Multiply(other, other, LaneConstants.Half);
        var odd = FqLanes.ZeroLanes(&x->C1);

        // t = root² and power = 1/root: (root, other). Else -t = root²: (other, -root).
        var straight = FqLanes.MaskOf(FqLanes.EqualLanes(check, t));
        FqLanes.Select(&r->C0, straight, root, other);
        FqLanes.Negate(root, root);
        FqLanes.Select(&r->C1, straight, other, root);
        return odd;
    }

    /// <summary>Negates y where its u-part being above (q-1)/2 is not what these lanes want.</summary>
    public static void SetSign(Fq2Lanes* y, int big) =>
        Fq2Lanes.NegateWhere(y, FqLanes.MaskOf(FqLanes.BigLanes(&y->C1) ^ big), y);

    /// <summary>Decodes the keys of eight checks (BLS.md 4.1).</summary>
    /// <returns>False if one of them is no key.</returns>
    [SkipLocalsInit]
    public static bool TryDecodeKeys(G1AffineLanes* r, ReadOnlySpan<SignatureCheck> checks)
    {
        var memory = stackalloc byte[sizeof(FqLanes) + FqLanes.Alignment];
        var right = (FqLanes*)FqLanes.Align(memory);
        Span<byte> bytes = stackalloc byte[Fq.Size];
        var big = 0;
        for (var lane = 0; lane < FqLanes.Lanes; lane++)
        {
            checks[lane].PublicKey.Span.CopyTo(bytes);
            if ((bytes[0] & BlsEncoding.SignMark) != 0)
                big |= 1 << lane;
            bytes[0] &= 0xff ^ BlsEncoding.SignMark;
            FqLanes.Put(&r->X, lane, bytes);
        }

        FqLanes.Multiply(&r->X, &r->X, LaneConstants.RSquared);
        FqLanes.Multiply(right, &r->X, &r->X);
        FqLanes.Multiply(right, right, &r->X);
        FqLanes.Add(right, right, Four);
        FqLanes.Tighten(right, right);
        if (FqLanes.SquareRoot(&r->Y, right) != LaneConstants.All)
            return false;
        FqLanes.NegateWhere(&r->Y, FqLanes.MaskOf(FqLanes.BigLanes(&r->Y) ^ big), &r->Y);
        return true;
    }

    /// <summary>Decodes the signatures of eight checks (BLS.md 4.2).</summary>
    /// <param name="r">The points, except in odd lanes.</param>
    /// <param name="checks">The checks.</param>
    /// <param name="odd">Lanes with a y in Fq.</param>
    /// <returns>False if one of them is no prepend signature.</returns>
    [SkipLocalsInit]
    public static bool TryDecodeSignatures(G2AffineLanes* r, ReadOnlySpan<SignatureCheck> checks, out int odd)
    {
        var memory = stackalloc byte[sizeof(Fq2Lanes) + sizeof(FqLanes) + FqLanes.Alignment];
        var right = (Fq2Lanes*)FqLanes.Align(memory);
        var normRoot = (FqLanes*)(right + 1);
        Span<byte> bytes = stackalloc byte[Bytes96.Size];
        var big = 0;
        odd = 0;
        for (var lane = 0; lane < FqLanes.Lanes; lane++)
        {
            checks[lane].Signature.Span.CopyTo(bytes);
            if ((bytes[0] & BlsEncoding.PrependMark) == 0)
                return false;
            if ((bytes[0] & BlsEncoding.SignMark) != 0)
                big |= 1 << lane;
            bytes[0] &= 0xff ^ (BlsEncoding.SignMark | BlsEncoding.PrependMark);
            FqLanes.Put(&r->X.C0, lane, bytes[..Fq.Size]);
            FqLanes.Put(&r->X.C1, lane, bytes[Fq.Size..]);
        }

        Fq2Lanes.MultiplyByFq(&r->X, &r->X, LaneConstants.RSquared);
        RightSide(right, &r->X);
        if (NormRoot(normRoot, right) != LaneConstants.All)
            return false;
        odd = FromNormRoot(&r->Y, right, normRoot);
        SetSign(&r->Y, big);
        return true;
    }
}
