using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;

namespace Chia.Consensus.Validation;

/// <summary>The time window of a block (CONSENSUS.md 11, 2).</summary>
internal static class TimestampRules
{
    /// <summary>Not below the mean of the last timestamps on its branch, not too far ahead of the clock; both bounds inclusive.</summary>
    public static Rejection? Check(
        ConsensusConstants constants, IAncestry ancestry, BlockRecord parent, ulong timestamp, DateTimeOffset now)
    {
        if (FindMean(constants, ancestry, parent, out var mean, out var count) is { } missing)
            return missing;
        if (timestamp < mean)
            return new Rejection(ConsensusRule.TimestampTooEarly, $"{timestamp}, mean of the last {count} is {mean}");

        // Whole seconds suffice: timestamps are integers, so comparing with ⌊now⌋ + 7200 is comparing with now + 7200.
        var latest = (ulong)Math.Max(0, now.ToUnixTimeSeconds()) + constants.MaxFutureTime;
        return timestamp <= latest
            ? null
            : new Rejection(ConsensusRule.TimestampTooLate, $"{timestamp}, latest accepted now is {latest}");
    }

    /// <summary>The mean of the last timestamps on a branch: the earliest that a child may carry. Rejects if an ancestor is not
    /// known.</summary>
    public static Rejection? FindMean(
        ConsensusConstants constants, IAncestry ancestry, BlockRecord parent, out ulong mean, out uint count)
    {
        UInt128 sum = 0;
        mean = 0;
        count = 0;
        for (var current = parent; ;)
        {
            sum += current.Timestamp;
            count++;
            if (count == constants.NumberOfTimestamps || current.Height == 0)
                break;
            if (!ancestry.TryGet(current.PrevHeaderHash, out var previous))
                return new Rejection(
                    ConsensusRule.MissingAncestor, $"{current.PrevHeaderHash} at height {current.Height - 1}, for the timestamps");
            current = previous;
        }

        mean = (ulong)(sum / count);
        return null;
    }
}
