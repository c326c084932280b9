namespace Chia.Cryptography.ClassGroups.Evaluation;

/// <summary>Divides iterations into the segments of an n-Wesolowski proof.</summary>
internal static class SegmentPlan
{
    private const ulong Rounding = 100;

    /// <summary>Fewest iterations for which a proof with a nested witness is accepted (VDF.md 7.2).</summary>
    public const ulong MinimumNested = 3;

    /// <summary>The lengths of the <paramref name="witnessType"/> + 1 segments, first to last; some may be 0.</summary>
    public static ulong[] Lengths(ulong iterations, int witnessType, SegmentRule rule)
    {
        var lengths = new ulong[witnessType + 1];
        var rest = iterations;
        for (var i = 0; i < witnessType; i++)
        {
            // Both rules leave at least a third or everything, so three iterations remain at every level.
            ArgumentOutOfRangeException.ThrowIfLessThan(rest, MinimumNested, nameof(iterations));
            lengths[i] = rule == SegmentRule.TwoThirds
                ? (ulong)((UInt128)rest * 2 / 3) / Rounding * Rounding
                : ProverParameters.For(rest).FirstSegment(rest);
            rest -= lengths[i];
        }

        lengths[witnessType] = rest;
        return lengths;
    }
}
