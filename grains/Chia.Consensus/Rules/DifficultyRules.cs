using System.Numerics;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;

namespace Chia.Consensus.Rules;

/// <summary>Difficulty of the next block (CONSENSUS.md 9).</summary>
internal static class DifficultyRules
{
    /// <summary>The difficulty of any block whose parent is <paramref name="parent"/>, in units of 2^32.</summary>
    public static AdjustmentError TryNext(
        ConsensusConstants constants, IAncestry ancestry, BlockRecord parent, out ulong difficulty)
    {
        var height = parent.Height + 1UL;
        difficulty = Adjustments.IsFirstEpoch(constants, height) ? constants.DifficultyStarting : parent.Difficulty;
        if (Adjustments.IsFirstEpoch(constants, height) || !Adjustments.IsAdjustment(constants, height))
            return AdjustmentError.None;
        return TryAdjust(constants, ancestry, parent, height, out difficulty);
    }

    private static AdjustmentError TryAdjust(
        ConsensusConstants constants, IAncestry ancestry, BlockRecord parent, ulong height, out ulong difficulty)
    {
        difficulty = 0;
        var first = Adjustments.FirstPoint(constants, ancestry, parent, height, out var time1);
        var middle = ancestry.AncestorAt(parent, (uint)(height - constants.DifficultyEpoch - 1));
        var last = ancestry.AncestorAt(parent, (uint)(height - constants.DifficultyDelay - 1));
        if (first is null || middle is null || last is null)
            return AdjustmentError.MissingAncestor;

        var slowPart = new BigInteger(last.Timestamp) - middle.Timestamp;
        var delayPart = middle.Timestamp - time1;
        if (slowPart.IsZero || delayPart.IsZero)
            return AdjustmentError.NoTimeDifference;

        BigInteger epoch = constants.DifficultyEpoch, delay = constants.DifficultyDelay, warp = constants.DifficultyWarpFactor;
        var value = Adjustments.Floor(
            ((delay * middle.Difficulty * slowPart) + (
                (warp - 1) * (epoch - delay) * parent.Difficulty * delayPart)) * constants.BlockTimeTarget,
            warp * slowPart * delayPart);
        if (BigInteger.Abs(value) > ulong.MaxValue)
            return AdjustmentError.Overflow;

        difficulty = value >= parent.Difficulty
            ? (ulong)BigInteger.Min(value, (BigInteger)parent.Difficulty * constants.DifficultyFactor)
            : Adjustments.ClampFall(value, parent.Difficulty, constants.DifficultyFactor);
        return AdjustmentError.None;
    }
}

/// <summary>Why no difficulty or speed exists for the children of a block (CONSENSUS.md 9, 10): such a block can never have a valid
/// child.</summary>
internal enum AdjustmentError
{
    /// <summary>There is one.</summary>
    None,

    /// <summary>An ancestor that the adjustment looks at is not known.</summary>
    MissingAncestor,

    /// <summary>Two of the timestamps that are subtracted are equal: a division by zero.</summary>
    NoTimeDifference,

    /// <summary>The new value has a magnitude of 2^64 or more.</summary>
    Overflow,
}
