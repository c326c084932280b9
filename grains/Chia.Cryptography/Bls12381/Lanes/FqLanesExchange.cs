using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>Between <see cref="Fq"/>, x·2^385 in limbs of 55 bits, and lanes, x·2^400 in limbs of 50.</summary>
internal unsafe partial struct FqLanes
{
    /// <summary>One lane: the limbs of an element as they are, up to 2^50. <see cref="LaneConstants.FromScalar"/> makes them one of
    /// ours.</summary>
    [SkipLocalsInit]
    public static void PutScalar(FqLanes* r, int lane, in Fq x)
    {
        var limb = (double*)r + lane;
        limb[0] = x.L0 & Mask;
        limb[Lanes] = ((x.L0 >> 50) | (x.L1 << 5)) & Mask;
        limb[2 * Lanes] = ((x.L1 >> 45) | (x.L2 << 10)) & Mask;
        limb[3 * Lanes] = ((x.L2 >> 40) | (x.L3 << 15)) & Mask;
        limb[4 * Lanes] = ((x.L3 >> 35) | (x.L4 << 20)) & Mask;
        limb[5 * Lanes] = ((x.L4 >> 30) | (x.L5 << 25)) & Mask;
        limb[6 * Lanes] = ((x.L5 >> 25) | (x.L6 << 30)) & Mask;
        limb[7 * Lanes] = x.L6 >> 20;
    }

    /// <summary>The element in one lane of what <see cref="LaneConstants.ToScalar"/> has been multiplied with.</summary>
    public static void GetScalar(out Fq r, FqLanes* x, int lane)
    {
        var limb = (double*)x + lane;
        var d0 = (long)limb[0];
        var d1 = (long)limb[Lanes] + (d0 >> 50);
        var d2 = (long)limb[2 * Lanes] + (d1 >> 50);
        var d3 = (long)limb[3 * Lanes] + (d2 >> 50);
        var d4 = (long)limb[4 * Lanes] + (d3 >> 50);
        var d5 = (long)limb[5 * Lanes] + (d4 >> 50);
        var d6 = (long)limb[6 * Lanes] + (d5 >> 50);
        var d7 = (long)limb[7 * Lanes] + (d6 >> 50);
        (d0, d1, d2, d3, d4, d5, d6) = (d0 & Mask, d1 & Mask, d2 & Mask, d3 & Mask, d4 & Mask, d5 & Mask, d6 & Mask);
        Fq.Fold(
            out r,
            d0 | (d1 << 50 & (long)Fq.Mask),
            d1 >> 5 | (d2 << 45 & (long)Fq.Mask),
            d2 >> 10 | (d3 << 40 & (long)Fq.Mask),
            d3 >> 15 | (d4 << 35 & (long)Fq.Mask),
            d4 >> 20 | (d5 << 30 & (long)Fq.Mask),
            d5 >> 25 | (d6 << 25 & (long)Fq.Mask),
            (d6 >> 30) + (d7 << 20));
    }
}
