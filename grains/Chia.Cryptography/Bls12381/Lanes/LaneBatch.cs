using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// <see cref="SignatureBatch"/> with eight signatures at a time in the lanes of 512-bit vectors: each lane has its own coefficients, sum
/// of signatures and value of the Miller loop, multiplied at the end. The last eight are filled up with the first check, which costs
/// nothing and asks nothing new.
/// </summary>
internal static unsafe class LaneBatch
{
    /// <summary>
    /// Whether the processor has the instructions and they do what they should: once a process a batch of good signatures must pass, and
    /// one with a bad one fail. If not, batches go the scalar way.
    /// </summary>
    public static bool IsUsable => Choice.Kind is not null;

    /// <summary>"AVX-512" or "scalar", and whether the lanes have failed their self-check.</summary>
    public static string Description => Choice.Description;

    private static VectorChoice<string> Choice { get; } =
        VectorChoice.Choose(VectorUse.SignatureBatches, FqLanes.IsSupported, Check);

    /// <summary>Verifies checks.</summary>
    /// <param name="checks">At least one.</param>
    /// <returns>True iff all are valid; null if a value turned up that lanes have no formula for, which takes someone who looks for
    /// it.</returns>
    public static bool? Verify(ReadOnlySpan<SignatureCheck> checks)
    {
        var groups = (checks.Length + FqLanes.Lanes - 1) / FqLanes.Lanes;
        var memory = NativeMemory.AlignedAlloc((nuint)(sizeof(Work) + ((groups + 1) * sizeof(MillerLanes))), FqLanes.Alignment);
        try
        {
            var work = (Work*)memory;
            var pairs = (MillerLanes*)(work + 1);
            var group = new SignatureCheck[FqLanes.Lanes];
            for (var i = 0; i < groups; i++)
            {
                for (var lane = 0; lane < FqLanes.Lanes; lane++)
                    group[lane] = checks[(i * FqLanes.Lanes) + lane < checks.Length ? (i * FqLanes.Lanes) + lane : 0];
                if (Prepare(pairs + i, work, group, isFirst: i == 0) is not true and var verdict)
                    return verdict;
            }

            if (!Close(pairs + groups, work))
                return null;
            MillerLanes.Loop(&work->F, pairs, groups + 1);
            Fq12Lanes.Gather(out var f, &work->F);

            // The curve's parameter is negative.
            Fq12.Conjugate(out f, in f);
            Pairing.FinalExponentiation(out f, in f);
            return Fq12.AreEqual(in f, in Fq12.One);
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    /// <summary>Decodes, tests, multiplies and hashes one group; its signatures go to the sums, keys and hashes become a pair.</summary>
    private static bool? Prepare(MillerLanes* pair, Work* work, SignatureCheck[] group, bool isFirst)
    {
        if (!RootLanes.TryDecodeSignatures(&work->Signature, group, out var odd) || !RootLanes.TryDecodeKeys(&work->Key, group))
            return false;
        var subgroup = PointLanes.SubgroupLanes(&work->Signature, out var unknown);
        odd |= unknown;
        if ((subgroup | odd) != LaneConstants.All)
            return false;

        var coefficients = LaneCoefficients.Random();
        PointLanes.Multiply(&work->Point, &work->Signature, in coefficients);
        if (isFirst)
            G2Lanes.Copy(&work->Sum, &work->Point);
        else
            G2Lanes.Add(&work->Sum, &work->Sum, &work->Point);
        PointLanes.Multiply(&work->KeyPoint, &work->Key, in coefficients);

        var hashes = Array.ConvertAll(group, check => PrependSignature.BoundHash(check.PublicKey, check.MessageHash));
        odd |= HashLanes.Map(&work->Point, hashes);

        // One inversion for both: of the norm of the one Z and the other.
        Fq2Lanes.Norm(&work->Norm, &work->Point.Z);
        FqLanes.Multiply(&work->Inverse, &work->Norm, &work->KeyPoint.Z);
        odd |= FqLanes.ZeroLanes(&work->Inverse);
        FqLanes.Invert(&work->Inverse, &work->Inverse);
        FqLanes.Multiply(&work->Norm, &work->Norm, &work->Inverse);
        FqLanes.Multiply(&work->Inverse, &work->Inverse, &work->KeyPoint.Z);
        G1Lanes.ToAffine(&work->Key, &work->KeyPoint, &work->Norm);
        ToAffine(work);
        MillerLanes.Start(pair, &work->Key, &work->Signature);
        return odd == 0 ? true : null;
    }

    /// <summary>The sums of the signatures, paired with -g1. False if one is infinity.</summary>
    private static bool Close(MillerLanes* pair, Work* work)
    {
        G2Lanes.Copy(&work->Point, &work->Sum);
        Fq2Lanes.Norm(&work->Norm, &work->Point.Z);
        if (FqLanes.ZeroLanes(&work->Norm) != 0)
            return false;
        FqLanes.Invert(&work->Inverse, &work->Norm);
        ToAffine(work);
        FqLanes.Copy(&work->Key.X, Generator.X);
        FqLanes.Copy(&work->Key.Y, Generator.MinusY);
        MillerLanes.Start(pair, &work->Key, &work->Signature);
        return true;
    }

    // Signature = Point, with the inverse of its Z's norm at hand.
    private static void ToAffine(Work* work)
    {
        Fq2Lanes.InverseFromNorm(&work->PointInverse, &work->Point.Z, &work->Inverse);
        G2Lanes.ToAffine(&work->Signature, &work->Point, &work->PointInverse);
    }

    /// <summary>What one batch works on.</summary>
    private struct Work
    {
        public Fq12Lanes F;
        public G2Lanes Sum;
        public G2Lanes Point;
        public G2AffineLanes Signature;
        public G1Lanes KeyPoint;
        public G1AffineLanes Key;
        public Fq2Lanes PointInverse;
        public FqLanes Norm;
        public FqLanes Inverse;
    }

    private static class Generator
    {
        public static readonly FqLanes* X = LaneConstants.Of(in PrependSignature.MinusGenerator.X);
        public static readonly FqLanes* MinusY = LaneConstants.Of(in PrependSignature.MinusGenerator.Y);
    }

    /// <summary>Run when it is first asked for; some milliseconds.</summary>
    private static bool Check()
    {
        var key = PrivateKey.FromSeed("self-check"u8);
        var checks = new SignatureCheck[FqLanes.Lanes];
        for (var i = 0; i < checks.Length; i++)
        {
            var hash = new Bytes32(SHA256.HashData([(byte)(i % 2)]));
            checks[i] = i < 2 ? new SignatureCheck(key.PublicKey, hash, key.SignPrependPrehashed(hash)) : checks[i - 2];
        }

        if (Verify(checks) is not true)
            return false;
        checks[^1] = checks[^1] with { MessageHash = checks[0].MessageHash };
        return Verify(checks) is false;
    }
}
