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

/// <summary>
/// The reference prover's parameters for a number of iterations (VDF.md 9.3). We only need <see cref="Ratio"/>, which
/// decides the lengths of segments; the others enter its formula.
/// </summary>
/// <param name="Spacing">L: distance of stored powers, in digits.</param>
/// <param name="DigitBits">k: bits of a digit.</param>
/// <param name="Ratio">w: how many times faster a proof is than the evaluation, less a reserve of two.</param>
internal readonly record struct ProverParameters(int Spacing, int DigitBits, long Ratio)
{
    private const ulong PowersInMemory = 10_000_000;

    /// <summary>Computes them in double arithmetic, in the reference's order of operations; defined for T ≥ 3.</summary>
    public static ProverParameters For(ulong iterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 3UL);
        var memory = Math.Log(PowersInMemory) / Math.Log(2);
        var spacing = (Math.Log(iterations) / Math.Log(2)) - memory > 0 ? (int)Math.Ceiling(Math.Pow(2, memory - 20)) : 1;
        var z = iterations * Math.Log(2) / (2.0 * spacing);
        var bits = (int)Math.Max(Math.Round(Math.Log(z) - Math.Log(Math.Log(z)) + 0.25, MidpointRounding.ToEven), 1);
        var cost = ((double)iterations / bits) + (spacing * Math.Pow(2, bits + 1));
        return new ProverParameters(spacing, bits, Math.Max((long)Math.Floor(iterations / cost) - 2, 0));
    }

    /// <summary>Iterations of the first of several segments: ⌊T·w/(w+1)⌋.</summary>
    public ulong FirstSegment(ulong iterations) => (ulong)((UInt128)iterations * (ulong)Ratio / ((ulong)Ratio + 1));
}

/// <summary>One segment that has to be proved once the evaluation has passed its end.</summary>
/// <param name="Proof">What it is part of.</param>
/// <param name="Index">Its place there.</param>
/// <param name="From">Iterations before it.</param>
/// <param name="Iterations">Iterations of it.</param>
internal sealed record SegmentTask(ProofInProgress Proof, int Index, ulong From, ulong Iterations)
{
    public ulong End => From + Iterations;
}
