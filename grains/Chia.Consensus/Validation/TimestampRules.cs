using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;

namespace Chia.Consensus.Validation;

/// <summary>The time window of a block (CONSENSUS.md 11, 2).</summary>
internal static class TimestampRules
{
    /// <summary>Not below the mean of the last timestamps on its branch, not too far ahead of the clock; both bounds inclusive.</summary>
    public static Rejection? Check(
        ConsensusConstants constants, IAncestry ancestry, BlockRecord parent, ulong timestamp, DateTimeOffset now)
    {
        UInt128 sum = 0;
        uint count = 0;
        for (var current = parent; ; count++)
        {
            sum += current.Timestamp;
            if (count + 1 == constants.NumberOfTimestamps || current.Height == 0)
                break;
            if (!ancestry.TryGet(current.PrevHeaderHash, out var previous))
                return new Rejection(ConsensusRule.MissingAncestor, $"{current.PrevHeaderHash} at height {current.Height - 1}, for the timestamps");
            current = previous;
        }

        var mean = (ulong)(sum / (count + 1));
        if (timestamp < mean)
            return new Rejection(ConsensusRule.TimestampTooEarly, $"{timestamp}, mean of the last {count + 1} is {mean}");

        // Whole seconds suffice: timestamps are integers, so comparing with ⌊now⌋ + 7200 is comparing with now + 7200.
        var latest = (ulong)Math.Max(0, now.ToUnixTimeSeconds()) + constants.MaxFutureTime;
        return timestamp <= latest
            ? null
            : new Rejection(ConsensusRule.TimestampTooLate, $"{timestamp}, latest accepted now is {latest}");
    }
}
