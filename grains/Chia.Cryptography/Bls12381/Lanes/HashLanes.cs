using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Bls12381;

/// <summary>The map from 32 bytes to G2 (<see cref="HashToG2"/>), eight at a time.</summary>
internal static unsafe class HashLanes
{
    private static readonly FqLanes* RootOfMinusThree = LaneConstants.Of(in HashToG2.RootOfMinusThree);
    private static readonly FqLanes* HalfOfRootLessOne = LaneConstants.Of(in HashToG2.HalfOfRootLessOne);
    private static readonly FqLanes* MinusOneThird = LaneConstants.Of(in HashToG2.MinusOneThird);
    private static readonly Fq2Lanes* FivePlusFourU = LaneConstants.Of(in HashToG2.FivePlusFourU);

    /// <summary>r = map(hash) in each lane; Z is 0 where this arithmetic could not do it.</summary>
    /// <returns>The lanes in which it could not.</returns>
    [SkipLocalsInit]
    public static int Map(G2Lanes* r, ReadOnlySpan<Bytes32> hashes)
    {
        var memory = stackalloc byte[
            (7 * sizeof(Fq2Lanes)) + (2 * sizeof(G2AffineLanes)) + (2 * sizeof(FqLanes)) + sizeof(G2Lanes) + FqLanes.Alignment];
        Fq2Lanes* t0 = (Fq2Lanes*)FqLanes.Align(memory), t1 = t0 + 1, w0 = t0 + 2, w1 = t0 + 3, d0 = t0 + 4, d1 = t0 + 5, inverse = t0 + 6;
        G2AffineLanes* first = (G2AffineLanes*)(t0 + 7), second = first + 1;
        FqLanes* norm = (FqLanes*)(first + 2), normInverse = norm + 1;
        var point = (G2Lanes*)(norm + 2);
        HashToField(&t0->C0, hashes, "G2_0_c0"u8);
        HashToField(&t0->C1, hashes, "G2_0_c1"u8);
        HashToField(&t1->C0, hashes, "G2_1_c0"u8);
        HashToField(&t1->C1, hashes, "G2_1_c1"u8);

        // 1/(w·t) of both from one inversion, in the norm; t = 0 is for others to map.
        Denominator(w0, d0, t0);
        Denominator(w1, d1, t1);
        Fq2Lanes.Multiply(inverse, d0, d1);
        Fq2Lanes.Norm(norm, inverse);
        var odd = FqLanes.ZeroLanes(norm);
        FqLanes.Invert(normInverse, norm);
        Fq2Lanes.InverseFromNorm(inverse, inverse, normInverse);
        Fq2Lanes.Multiply(d1, inverse, d1);
        odd |= Encode(first, t0, w0, d1);
        Fq2Lanes.Multiply(d0, inverse, d0);
        odd |= Encode(second, t1, w1, d0);

        G2Lanes.FromAffine(point, first);
        G2Lanes.Add(point, point, second);
        PointLanes.ClearCofactor(r, point);
        return odd;
    }

    /// <summary>H512(hash ‖ tag) modulo q in each lane.</summary>
    [SkipLocalsInit]
    public static void HashToField(FqLanes* r, ReadOnlySpan<Bytes32> hashes, ReadOnlySpan<byte> tag)
    {
        var memory = stackalloc byte[sizeof(FqLanes) + FqLanes.Alignment];
        var upper = (FqLanes*)FqLanes.Align(memory);
        Span<byte> input = stackalloc byte[Bytes32.Size + 8];
        Span<byte> digest = stackalloc byte[Fq.Size];
        tag.CopyTo(input[Bytes32.Size..]);
        digest[..(Fq.Size - SHA256.HashSizeInBytes)].Clear();
        for (var lane = 0; lane < FqLanes.Lanes; lane++)
        {
            hashes[lane].Span.CopyTo(input);
            input[^1] = 0;
            SHA256.HashData(input, digest[(Fq.Size - SHA256.HashSizeInBytes)..]);
            FqLanes.Put(upper, lane, digest);
            input[^1] = 1;
            SHA256.HashData(input, digest[(Fq.Size - SHA256.HashSizeInBytes)..]);
            FqLanes.Put(r, lane, digest);
        }

        FqLanes.MultiplyAdd(r, upper, LaneConstants.ShiftedRSquared, r, LaneConstants.RSquared);
    }

    // w = t² + 5 + 4u and d = w·t.
    private static void Denominator(Fq2Lanes* w, Fq2Lanes* d, Fq2Lanes* t)
    {
        Fq2Lanes.Square(w, t);
        Fq2Lanes.Add(w, w, FivePlusFourU);
        Fq2Lanes.Tighten(w, w);
        Fq2Lanes.Multiply(d, w, t);
    }

    // sw(t) (BLS.md 6.1), inverse = 1/(w·t): all three candidates are tried in all lanes unless none waits for them. Gives the odd lanes.
    [SkipLocalsInit]
    private static int Encode(G2AffineLanes* r, Fq2Lanes* t, Fq2Lanes* w, Fq2Lanes* inverse)
    {
        var memory = stackalloc byte[(4 * sizeof(Fq2Lanes)) + (2 * sizeof(FqLanes)) + FqLanes.Alignment];
        Fq2Lanes* x = (Fq2Lanes*)FqLanes.Align(memory), other = x + 1, right = x + 2, otherRight = x + 3;
        FqLanes* root = (FqLanes*)(x + 4), otherRoot = root + 1;

        // x1 = h - s·t²/w.
        Fq2Lanes.Square(x, t);
        Fq2Lanes.Multiply(x, x, t);
        Fq2Lanes.Multiply(x, x, inverse);
        Fq2Lanes.MultiplyByFq(x, x, RootOfMinusThree);
        Fq2Lanes.Negate(x, x);
        FqLanes.Add(&x->C0, &x->C0, HalfOfRootLessOne);
        Fq2Lanes.Tighten(x, x);
        RootLanes.RightSide(right, x);
        var found = RootLanes.NormRoot(root, right);
        if (found != LaneConstants.All)
        {
            // x2 = -x1 - 1.
            Fq2Lanes.Negate(other, x);
            FqLanes.Subtract(&other->C0, &other->C0, LaneConstants.One);
            Fq2Lanes.Tighten(other, other);
            found |= Try();
        }

        if (found != LaneConstants.All)
        {
            // x3 = 1 - (w/t)²/3, and w/t = inverse·w².
            Fq2Lanes.Square(other, w);
            Fq2Lanes.Multiply(other, other, inverse);
            Fq2Lanes.Square(other, other);
            Fq2Lanes.MultiplyByFq(other, other, MinusOneThird);
            FqLanes.Add(&other->C0, &other->C0, LaneConstants.One);
            Fq2Lanes.Tighten(other, other);
            found |= Try();
        }

        Fq2Lanes.Copy(&r->X, x);
        var odd = RootLanes.FromNormRoot(&r->Y, right, root);
        RootLanes.SetSign(&r->Y, FqLanes.BigLanes(&t->C1));
        return odd | (LaneConstants.All & ~found);

        // Takes the other candidate where none was good so far.
        int Try()
        {
            RootLanes.RightSide(otherRight, other);
            var good = RootLanes.NormRoot(otherRoot, otherRight);
            var take = FqLanes.MaskOf(good & ~found);
            Fq2Lanes.Select(x, take, other, x);
            Fq2Lanes.Select(right, take, otherRight, right);
            FqLanes.Select(root, take, otherRoot, root);
            return good;
        }
    }
}
