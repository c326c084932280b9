using System.Numerics;
using Chia.Cryptography.ClassGroups.Limbs;
using Chia.Protocol.Blocks;

namespace Chia.Cryptography.ClassGroups;

/// <summary>
/// Verifies proofs of time of any witness type (VDF.md 6 to 8, CONSENSUS.md 17.1), with the strict verdict: every element
/// must be a form of the challenge's discriminant, which the reference omits to check and which makes forgeries possible.
/// Apart from those the verdicts are the reference's. Thread-safe.
/// </summary>
public static class ProofOfTimeVerifier
{
    /// <summary>Verifies a proof, the discriminant included.</summary>
    /// <param name="proof">The proof; nothing about it need be true.</param>
    /// <param name="discriminantBits">Length of the network's discriminants in bits (1024).</param>
    /// <param name="parallelism">Threads to use, this one included.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length or parallelism is out of range.</exception>
    public static ProofOfTimeVerdict Verify(ProofOfTime proof, int discriminantBits, int parallelism = 1) =>
        Verify(proof, discriminantBits, parallelism, ClassGroupBackend.Default);

    /// <summary>
    /// Verifies a proof whose discriminant is known: <see cref="Discriminant.Create(ReadOnlySpan{byte}, int, int)"/> of
    /// its challenge. Creating it is the larger part of the work, so a caller that verifies several proofs for one
    /// challenge keeps it.
    /// </summary>
    /// <param name="proof">The proof; its challenge hash is not looked at.</param>
    /// <param name="discriminant">The discriminant, negative.</param>
    /// <param name="parallelism">Threads to use, this one included; one for each segment is the most that helps.</param>
    public static ProofOfTimeVerdict Verify(ProofOfTime proof, BigInteger discriminant, int parallelism = 1) =>
        Verify(proof, discriminant, parallelism, ClassGroupBackend.Default);

    internal static ProofOfTimeVerdict Verify(ProofOfTime proof, int discriminantBits, int parallelism, LimbBackend backend)
    {
        // A witness of impossible length costs its sender nothing, so it must not cost us a discriminant. (At lengths of
        // a few bits the discriminant may turn out one bit longer, and with it the elements.)
        if (!Witness.HasPossibleLength(proof.Witness.Length, proof.WitnessType, Witness.CoefficientSize(discriminantBits))
            && !Witness.HasPossibleLength(proof.Witness.Length, proof.WitnessType, Witness.CoefficientSize(discriminantBits + 1)))
            return ProofOfTimeVerdict.BadWitnessLength;
        var discriminant = Discriminant.Create(proof.ChallengeHash.Span, discriminantBits, parallelism, backend);
        return Verify(proof, discriminant, parallelism, backend);
    }

    internal static ProofOfTimeVerdict Verify(ProofOfTime proof, BigInteger discriminant, int parallelism, LimbBackend backend)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        var verdict = Segments(proof, discriminant, out var segments);
        if (verdict != ProofOfTimeVerdict.Valid)
            return verdict;
        return backend == LimbBackend.Gmp
            ? Check<GmpLimbs>(segments, discriminant, parallelism)
            : Check<ManagedLimbs>(segments, discriminant, parallelism);
    }

    /// <summary>Everything that can be refused without arithmetic in the group (VDF.md 7.1, 7.2, 8.1).</summary>
    private static ProofOfTimeVerdict Segments(ProofOfTime proof, BigInteger discriminant, out WesolowskiSegment[] segments)
    {
        segments = [];
        int type = proof.WitnessType;
        var witness = Witness.Parse(proof.Witness.Span, type, Witness.CoefficientSize(discriminant));
        if (witness is null)
            return ProofOfTimeVerdict.BadWitnessLength;
        if (QuadraticForm.Create(Witness.ReadSigned(proof.Output.A.Span), Witness.ReadSigned(proof.Output.B.Span), discriminant) is not { } output)
            return ProofOfTimeVerdict.BadOutput;
        var elements = new QuadraticForm[witness.Elements.Length];
        for (var i = 0; i < elements.Length; i++)
        {
            if (QuadraticForm.Create(witness.Elements[i].A, witness.Elements[i].B, discriminant) is not { } form)
                return ProofOfTimeVerdict.BadWitnessElement;
            elements[i] = form;
        }

        segments = new WesolowskiSegment[type + 1];
        var start = QuadraticForm.Generator(discriminant);
        var rest = proof.NumberOfIterations;
        for (var level = type; level >= 1; level--)
        {
            // From the end of the list, which may have one count more than segments; the reference requires three
            // iterations to be left before every level but the last.
            var count = witness.Counts[witness.Counts.Length - 1 - (type - level)];
            if (rest <= 2 || count > rest)
                return ProofOfTimeVerdict.BadSegmentLength;
            segments[type - level] = new WesolowskiSegment(start, elements[(2 * level) - 1], elements[2 * level], count);
            start = elements[(2 * level) - 1];
            rest -= count;
        }

        segments[type] = new WesolowskiSegment(start, output, elements[0], rest);
        return ProofOfTimeVerdict.Valid;
    }

    private static ProofOfTimeVerdict Check<T>(WesolowskiSegment[] segments, BigInteger discriminant, int parallelism)
        where T : struct, ILimbArithmetic
    {
        var valid = true;
        if (parallelism == 1 || segments.Length == 1)
        {
            var check = SegmentCheck<T>.For(discriminant);
            for (var i = 0; valid && i < segments.Length; i++)
                valid = check.Holds(segments[i]);
        }
        else
        {
            Parallel.ForEach(
                segments,
                new ParallelOptions { MaxDegreeOfParallelism = parallelism },
                (segment, loop) =>
                {
                    if (SegmentCheck<T>.For(discriminant).Holds(segment))
                        return;
                    Volatile.Write(ref valid, false);
                    loop.Stop();
                });
        }

        return valid ? ProofOfTimeVerdict.Valid : ProofOfTimeVerdict.WrongProof;
    }
}
