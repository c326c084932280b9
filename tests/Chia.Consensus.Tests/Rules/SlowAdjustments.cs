using System.Numerics;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;

namespace Chia.Consensus.Tests.Rules;

/// <summary>Sections 9 and 10 on a plain list of a whole chain, by height, with difficulties taken from the weights. Null: the reference
/// raises.</summary>
internal static class SlowAdjustments
{
    public static BigInteger? Difficulty(ConsensusConstants c, IReadOnlyList<BlockRecord> chain)
    {
        var h = chain.Count;
        int e = (int)c.DifficultyEpoch, l = (int)c.DifficultyDelay;
        if (h < e)
            return c.DifficultyStarting;
        if (h % e != l)
            return DifficultyOf(c, chain, h - 1);
        int h1 = h - e - l - 1, h2 = h - e - 1, h3 = h - l - 1;
        var t1 = h1 == -1 ? (BigInteger)chain[0].Timestamp - c.BlockTimeTarget : chain[h1].Timestamp;
        BigInteger t2 = chain[h2].Timestamp, t3 = chain[h3].Timestamp;
        BigInteger dc = DifficultyOf(c, chain, h - 1), dp = DifficultyOf(c, chain, h2);
        var b = (BigInteger)c.BlockTimeTarget;
        var w = (BigInteger)c.DifficultyWarpFactor;
        if (t3 == t2 || t2 == t1)
            return null;
        var value = FloorDivide((l * dp * (t3 - t2) * b) + ((w - 1) * (e - l) * dc * (t2 - t1) * b), w * (t3 - t2) * (t2 - t1));
        if (BigInteger.Abs(value) >= BigInteger.Pow(2, 64))
            return null;
        return value >= dc
            ? BigInteger.Min(value, dc * c.DifficultyFactor)
            : BigInteger.Max(1, BigInteger.Max(value, dc / c.DifficultyFactor));
    }

    public static BigInteger? Ips(ConsensusConstants c, IReadOnlyList<BlockRecord> chain)
    {
        var h = chain.Count;
        int e = (int)c.DifficultyEpoch, l = (int)c.DifficultyDelay;
        if (h < e)
            return c.VdfIpsStarting;
        BigInteger p = chain[h - 1].IterationsPerSecond;
        if (h % e != l)
            return p;
        int h1 = h - e - l - 1, h2 = h - l - 1;
        var t1 = h1 == -1 ? (BigInteger)chain[0].Timestamp - c.BlockTimeTarget : chain[h1].Timestamp;
        var i1 = (BigInteger)chain[Math.Max(h1, 0)].TotalIterations;
        var time = chain[h2].Timestamp - t1;
        if (time.IsZero)
            return null;
        var value = FloorDivide(chain[h2].TotalIterations - i1, time);
        return value >= p ? BigInteger.Min(value, c.IpsFactor * value) : BigInteger.Max(1, BigInteger.Max(value, p / c.IpsFactor));
    }

    private static BigInteger DifficultyOf(ConsensusConstants c, IReadOnlyList<BlockRecord> chain, int height) =>
        height == 0 ? c.DifficultyStarting : (BigInteger)chain[height].TotalWeight - chain[height - 1].TotalWeight;

    private static BigInteger FloorDivide(BigInteger a, BigInteger b)
    {
        var modulus = ((a % b) + b) % b;
        return (a - modulus) / b;
    }
}
