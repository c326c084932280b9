using System.Numerics;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;

namespace Chia.Consensus.Rules;

/// <summary>What difficulty and speed have in common: when they change, and which blocks they look at.</summary>
internal static class Adjustments
{
    /// <summary>True if a block at this height belongs to the first epoch, which has fixed values.</summary>
    public static bool IsFirstEpoch(ConsensusConstants constants, ulong height) => height < constants.DifficultyEpoch;

    /// <summary>True if new values take effect at this height.</summary>
    public static bool IsAdjustment(ConsensusConstants constants, ulong height) =>
        height % constants.DifficultyEpoch == constants.DifficultyDelay;

    /// <summary>
    /// The block at h₁ = h − E − L − 1. At the first adjustment h₁ is −1 and the genesis block stands in, with
    /// <paramref name="timestamp"/> one block time before its own.
    /// </summary>
    public static BlockRecord? FirstPoint(
        ConsensusConstants constants, IAncestry ancestry, BlockRecord parent, ulong height, out BigInteger timestamp)
    {
        var end = height - constants.DifficultyEpoch - constants.DifficultyDelay;
        var point = ancestry.AncestorAt(parent, end == 0 ? 0 : (uint)(end - 1));
        timestamp = point is null ? 0 : end == 0 ? new BigInteger(point.Timestamp) - constants.BlockTimeTarget : point.Timestamp;
        return point;
    }

    /// <summary>⌊numerator ÷ denominator⌋ toward −∞.</summary>
    public static BigInteger Floor(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        return !remainder.IsZero && remainder.Sign != denominator.Sign ? quotient - 1 : quotient;
    }

    /// <summary>max(1, new, ⌊current ÷ factor⌋): how far a value may fall.</summary>
    public static ulong ClampFall(BigInteger value, ulong current, uint factor)
    {
        var floor = Math.Max(1, current / factor);
        return value > floor ? (ulong)value : floor;
    }
}
