using System.Numerics;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>Checks claims of single segments in one class group (VDF.md 6); one thread at a time.</summary>
internal sealed class SegmentCheck<T>
    where T : struct, ILimbArithmetic
{
    [ThreadStatic]
    private static SegmentCheck<T>? _ofThisThread;

    private readonly ClassGroup<T> _group;
    private readonly FormPowers<T> _powers;
    private readonly Form[] _forms;

    private SegmentCheck(BigInteger discriminant)
    {
        _group = new ClassGroup<T>(discriminant);
        _powers = new FormPowers<T>(_group);
        _forms = _group.NewForms(4);
    }

    /// <summary>
    /// This thread's checker, gone over to the given group: a node verifies proof after proof of one size, and the memory
    /// of some 20 kB is worth keeping.
    /// </summary>
    public static SegmentCheck<T> For(BigInteger discriminant)
    {
        if (_ofThisThread?._group.TryUse(discriminant) != true)
            _ofThisThread = new SegmentCheck<T>(discriminant);
        return _ofThisThread!;
    }

    /// <summary>π^B · x^(2^T mod B) = y, B being the prime hashed from x and y?</summary>
    public bool Holds(in WesolowskiSegment segment)
    {
        // Segments without iterations are common in proofs of few iterations, and could fill a witness of 256 segments
        // that costs its maker nothing: y = x, π = 1 needs no arithmetic.
        if (segment.Iterations == 0 && segment.Proof.A.IsOne)
            return segment.Start == segment.End;
        var prime = Challenge(segment.Start, segment.End, Witness.CoefficientSize(_group.Discriminant));
        var exponent = (UInt128)BigInteger.ModPow(2, segment.Iterations, prime);
        Form start = _forms[0], end = _forms[1], proof = _forms[2], result = _forms[3];
        start.Set(segment.Start);
        end.Set(segment.End);
        proof.Set(segment.Proof);
        _powers.DoublePower(result, proof, prime, start, exponent);
        return result.Equals(end);
    }

    /// <summary>B = hash_prime(serialize(x) || serialize(y)).</summary>
    public static UInt128 Challenge(in QuadraticForm start, in QuadraticForm end, int coefficientSize)
    {
        Span<byte> bytes = new byte[4 * coefficientSize];
        start.Serialize(bytes[..(2 * coefficientSize)], coefficientSize);
        end.Serialize(bytes[(2 * coefficientSize)..], coefficientSize);
        return HashToPrime<T>.Find(bytes);
    }
}
