using System.Numerics;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;

namespace Chia.Consensus.Rules;

/// <summary>Iterations per second of the next block (CONSENSUS.md 10).</summary>
internal static class IpsRules
{
    /// <summary>
    /// The speed in force for any block whose parent is <paramref name="parent"/>.
    /// Falls are clamped, rises are not: the reference multiplies the new value where the old one was meant (CONSENSUS.md 18.2).
    /// </summary>
    public static AdjustmentError TryNext(
        ConsensusConstants constants, IAncestry ancestry, BlockRecord parent, out ulong ips)
    {
        var height = parent.Height + 1UL;
        ips = Adjustments.IsFirstEpoch(constants, height) ? constants.VdfIpsStarting : parent.IterationsPerSecond;
        if (Adjustments.IsFirstEpoch(constants, height) || !Adjustments.IsAdjustment(constants, height))
            return AdjustmentError.None;
        return TryAdjust(constants, ancestry, parent, height, out ips);
    }

    private static AdjustmentError TryAdjust(
        ConsensusConstants constants, IAncestry ancestry, BlockRecord parent, ulong height, out ulong ips)
    {
        ips = 0;

        // At the first adjustment this is the genesis block with its own iterations: they are not counted, its time is
        // (CONSENSUS.md 18.3).
        var first = Adjustments.FirstPoint(constants, ancestry, parent, height, out var time1);
        var last = ancestry.AncestorAt(parent, (uint)(height - constants.DifficultyDelay - 1));
        if (first is null || last is null)
            return AdjustmentError.MissingAncestor;

        var time = last.Timestamp - time1;
        if (time.IsZero)
            return AdjustmentError.NoTimeDifference;

        // Total iterations grow along a chain, so the quotient fits 64 bits in magnitude.
        var value = Adjustments.Floor(new BigInteger(last.TotalIterations) - first.TotalIterations, time);
        ips = value >= parent.IterationsPerSecond
            ? (ulong)value
            : Adjustments.ClampFall(value, parent.IterationsPerSecond, constants.IpsFactor);
        return AdjustmentError.None;
    }
}
