using System.Numerics;
using Chia.Cryptography.ClassGroups.Limbs;
using Chia.Protocol.Blocks;

namespace Chia.Cryptography.ClassGroups;

/// <summary>
/// Verifies proofs of time of any witness type (VDF.md 6 to 8, CONSENSUS.md 17.1). A proof has one encoding (VDF.md 8.1, DECISIONS 2):
/// every element is a reduced form of the challenge's discriminant, in full width. The reference takes other spellings, whose bytes
/// would choose the next challenge, and forms of other discriminants, with which proofs are forged; honest provers write neither.
/// Cheap checks come first: of several faults the one named is the cheapest to find. Thread-safe.
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

    /// <summary>
    /// Everything that can be refused before the discriminant is known, in microseconds: what costs its sender nothing must
    /// not cost us a discriminant. <see cref="Verify(ProofOfTime, int, int)"/> does it by itself; a caller that creates the
    /// discriminant asks here first.
    /// </summary>
    /// <param name="proof">The proof; nothing about it need be true.</param>
    /// <param name="discriminantBits">Length of the network's discriminants in bits (1024).</param>
    /// <returns><see cref="ProofOfTimeVerdict.Valid"/> if nothing is wrong so far; any other verdict is final.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public static ProofOfTimeVerdict CheckShape(ProofOfTime proof, int discriminantBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(discriminantBits, Discriminant.MinimumBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(discriminantBits, Discriminant.MaximumBits);
        var size = Witness.CoefficientSize(discriminantBits);
        var longer = Witness.CoefficientSize(discriminantBits + 1);
        if (size == longer)
            return CheckShape(proof, size, out _, out _);

        // At lengths of a few bits the discriminant may turn out one bit longer, and here with it the elements.
        var verdict = CheckShape(proof, size, out _, out _);
        return verdict == ProofOfTimeVerdict.BadWitnessLength ? CheckShape(proof, longer, out _, out _) : verdict;
    }

    /// <summary>
    /// Whether a proof that was verified once, by whatever rules, is in its one encoding (VDF.md 8.1). The discriminant, some
    /// milliseconds, is created only where an element is not certainly reduced, which no proof in its one encoding shows.
    /// </summary>
    /// <param name="proof">The proof.</param>
    /// <param name="discriminantBits">Length of the network's discriminants in bits (1024).</param>
    public static ProofOfTimeVerdict CheckEncoding(ProofOfTime proof, int discriminantBits)
    {
        var shape = CheckShape(proof, discriminantBits);
        if (shape != ProofOfTimeVerdict.Valid)
            return shape;

        return IsCertainlyReduced(proof, discriminantBits)
            ? ProofOfTimeVerdict.Valid
            : Segments(proof, Discriminant.Create(proof.ChallengeHash.Span, discriminantBits), out _);
    }

    /// <summary>
    /// Every element of a proof of the right shape is reduced, whichever prime the search for the discriminant comes to: 4ac = b² − D, and
    /// −D is not below the number n where it begins, so that 4a² &lt; b² + n makes a &lt; c. A reduced element fails this if 4a² − b² lies
    /// between n and −D, a gap of a few thousand in 2^1024.
    /// </summary>
    internal static bool IsCertainlyReduced(ProofOfTime proof, int discriminantBits)
    {
        var origin = Discriminant.Origin(proof.ChallengeHash.Span, discriminantBits);
        var size = Witness.CoefficientSize(discriminantBits);
        return Witness.Parse(proof.Witness.Span, proof.WitnessType, size) is { } witness
            && IsBelow(Witness.ReadSigned(proof.Output.A.Span), Witness.ReadSigned(proof.Output.B.Span))
            && witness.Elements.All(element => IsBelow(element.A, element.B));

        bool IsBelow(BigInteger a, BigInteger b) => 4 * a * a < (b * b) + origin;
    }

    internal static ProofOfTimeVerdict Verify(ProofOfTime proof, int discriminantBits, int parallelism, LimbBackend backend)
    {
        var shape = CheckShape(proof, discriminantBits);
        if (shape != ProofOfTimeVerdict.Valid)
            return shape;
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

    /// <summary>Lengths, counts, and what every form has in common (VDF.md 7.2, 8.1).</summary>
    private static ProofOfTimeVerdict CheckShape(ProofOfTime proof, int coefficientSize, out Witness? witness, out ulong[] lengths)
    {
        lengths = [];
        witness = Witness.Parse(proof.Witness.Span, proof.WitnessType, coefficientSize);
        if (witness is null)
            return ProofOfTimeVerdict.BadWitnessLength;
        if (witness.SegmentLengths(proof.WitnessType, proof.NumberOfIterations) is not { } found)
            return ProofOfTimeVerdict.BadSegmentLength;
        lengths = found;
        if (!QuadraticForm.IsPossible(Witness.ReadSigned(proof.Output.A.Span), Witness.ReadSigned(proof.Output.B.Span)))
            return ProofOfTimeVerdict.BadOutput;
        foreach (var (a, b) in witness.Elements)
        {
            if (!QuadraticForm.IsPossible(a, b))
                return ProofOfTimeVerdict.BadWitnessElement;
        }

        return ProofOfTimeVerdict.Valid;
    }

    /// <summary>Everything that can be refused without arithmetic in the group (VDF.md 7.1, 7.2, 8.1).</summary>
    private static ProofOfTimeVerdict Segments(ProofOfTime proof, BigInteger discriminant, out WesolowskiSegment[] segments)
    {
        segments = [];
        var shape = CheckShape(proof, Witness.CoefficientSize(discriminant), out var witness, out var lengths);
        if (shape != ProofOfTimeVerdict.Valid)
            return shape;
        if (QuadraticForm.Create(
            Witness.ReadSigned(proof.Output.A.Span), Witness.ReadSigned(proof.Output.B.Span), discriminant) is not { } output)
            return ProofOfTimeVerdict.BadOutput;
        var elements = new QuadraticForm[witness!.Elements.Length];
        for (var i = 0; i < elements.Length; i++)
        {
            if (QuadraticForm.Create(witness.Elements[i].A, witness.Elements[i].B, discriminant) is not { } form)
                return ProofOfTimeVerdict.BadWitnessElement;
            elements[i] = form;
        }

        // The elements: the last segment's proof, then (end, proof) from the last but one to the first.
        int type = proof.WitnessType;
        segments = new WesolowskiSegment[type + 1];
        var start = QuadraticForm.Generator(discriminant);
        for (var i = 0; i < type; i++)
        {
            var end = elements[(2 * (type - i)) - 1];
            segments[i] = new WesolowskiSegment(start, end, elements[2 * (type - i)], lengths[i]);
            start = end;
        }

        segments[type] = new WesolowskiSegment(start, output, elements[0], lengths[type]);
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

/// <summary>What a proof of time is found to be. Everything but <see cref="Valid"/> means: invalid (VDF.md 7.3, 8).</summary>
public enum ProofOfTimeVerdict
{
    /// <summary>The output is the generator squared as often as claimed.</summary>
    Valid,

    /// <summary>The output is not a reduced form of the challenge's discriminant.</summary>
    BadOutput,

    /// <summary>The witness has not the length of the 2n + 1 elements and n counts that its type n demands.</summary>
    BadWitnessLength,

    /// <summary>An element of the witness is not a reduced form of the challenge's discriminant.</summary>
    BadWitnessElement,

    /// <summary>The segments claim more iterations than there are, or leave fewer than three before an inner level.</summary>
    BadSegmentLength,

    /// <summary>The form is right and the arithmetic is not: some segment's proof does not hold.</summary>
    WrongProof,
}

/// <summary>The claim start^(2^Iterations) = end with its proof (VDF.md 6); all forms are reduced.</summary>
internal readonly record struct WesolowskiSegment(QuadraticForm Start, QuadraticForm End, QuadraticForm Proof, ulong Iterations);
