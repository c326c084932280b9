using System.Numerics;
using Chia.Consensus.Rules;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Rules;

/// <summary>The formula of the iterations, turned round.</summary>
internal static class RecoveredIps
{
    /// <summary>
    /// The speed that was in force for a block: (iterations − V) ÷ m₀ (CONSENSUS.md 8).
    /// False if the division leaves a remainder or the result is below 1, which no valid block does.
    /// </summary>
    public static bool TryRecover(
        ulong iterations, Bytes32 quality, byte k, ulong difficulty, uint minBlockTime, out ulong ips)
    {
        ips = 0;
        if (k == 0 || minBlockTime == 0)
            return false;
        var fixedPart = iterations - Iterations.VariablePart(quality, k, difficulty);
        if (fixedPart.Sign <= 0)
            return false;
        var quotient = BigInteger.DivRem(fixedPart, minBlockTime, out var remainder);
        if (!remainder.IsZero)
            return false;
        ips = (ulong)quotient;
        return true;
    }
}
