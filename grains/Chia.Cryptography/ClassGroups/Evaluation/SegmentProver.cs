using System.Numerics;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups.Evaluation;

/// <summary>
/// Proofs of single segments from the checkpoints of an evaluation (VDF.md 9.2). A segment may start and end anywhere: the
/// part of its exponent that the grid of checkpoints does not reach is raised directly. One thread at a time.
/// </summary>
internal sealed class SegmentProver<T>
    where T : struct, ILimbArithmetic
{
    /// <summary>Longest digit: 2^10 buckets of forms are a megabyte at 1024 bits, and longer digits gain little.</summary>
    private const int MaximumDigitBits = 10;

    private readonly ClassGroup<T> _group;
    private readonly FormPowers<T> _powers;
    private readonly Form _start, _checkpoint, _result, _sum, _running;
    private readonly int _coefficientSize;
    private Form[] _buckets = [];
    private bool[] _filled = [];

    public SegmentProver(BigInteger discriminant)
    {
        _group = new ClassGroup<T>(discriminant);
        _powers = new FormPowers<T>(_group);
        var forms = _group.NewForms(5);
        (_start, _checkpoint, _result, _sum, _running) = (forms[0], forms[1], forms[2], forms[3], forms[4]);
        _coefficientSize = Witness.CoefficientSize(discriminant);
    }

    /// <summary>Proves that the form at <paramref name="from"/> squared <paramref name="iterations"/> times is the one there.</summary>
    /// <param name="store">Holds checkpoints up to the last multiple of its spacing in the segment.</param>
    /// <param name="from">Iterations before the segment.</param>
    /// <param name="iterations">Iterations of the segment.</param>
    /// <param name="cancellation">Abandons the work.</param>
    public WesolowskiSegment Prove(CheckpointStore store, ulong from, ulong iterations, CancellationToken cancellation)
    {
        Evaluate(store, from + iterations);
        var end = _start.ToQuadraticForm();
        Evaluate(store, from);
        var start = _start.ToQuadraticForm();
        var prime = SegmentCheck<T>.Challenge(start, end, _coefficientSize);

        // ⌊2^t/B⌋ = low + 2^offset·high, where x^(2^offset) is the first checkpoint of the segment.
        var spacing = (ulong)store.Spacing;
        var offset = (spacing - (from % spacing)) % spacing;
        if (iterations <= offset)
        {
            _powers.Power(_result, _start, BigInteger.Pow(2, (int)iterations) / prime);
        }
        else
        {
            var rest = BigInteger.ModPow(2, iterations - offset, prime);
            _powers.Power(_result, _start, (rest << (int)offset) / prime);
            MultiplyByGridPower(store, checked((int)((from + offset) / spacing)), iterations - offset, prime, cancellation);
        }

        return new WesolowskiSegment(start, end, _result.ToQuadraticForm(), iterations);
    }

    /// <summary>The form after any number of iterations, into <see cref="_start"/>.</summary>
    private void Evaluate(CheckpointStore store, ulong iterations)
    {
        store.Load(checked((int)(iterations / (ulong)store.Spacing)), _start, _group);
        for (var i = iterations % (ulong)store.Spacing; i > 0; i--)
            _group.Square(_start, _start);
    }

    /// <summary>
    /// result ← result · x^⌊2^t/B⌋ for x at checkpoint <paramref name="first"/>. The exponent is written in digits of k
    /// bits, digit i belonging to x^(2^(k·i)); with L digits from one checkpoint to the next, those at place j between
    /// checkpoints are collected first and the sum is raised to 2^k before the next lower place.
    /// </summary>
    private void MultiplyByGridPower(CheckpointStore store, int first, ulong iterations, UInt128 prime, CancellationToken cancellation)
    {
        var bits = DigitBits(iterations, store.Spacing);
        var places = store.Spacing / bits;
        var digits = Digits(iterations, bits, prime);
        if (_buckets.Length < 1 << bits)
            (_buckets, _filled) = (_group.NewForms(1 << bits), new bool[1 << bits]);
        var empty = true;
        for (var place = places - 1; place >= 0; place--)
        {
            for (var i = 0; !empty && i < bits; i++)
                _group.Square(_sum, _sum);
            Array.Clear(_filled);
            for (var i = place; i < digits.Length; i += places)
            {
                cancellation.ThrowIfCancellationRequested();
                int digit = digits[i];
                if (digit == 0)
                    continue;
                store.Load(first + (i / places), _checkpoint, _group);
                Accumulate(_buckets[digit], _checkpoint, ref _filled[digit]);
            }

            AddBuckets(1 << bits, ref empty, cancellation);
        }

        if (!empty)
            _group.Multiply(_result, _result, _sum);
    }

    /// <summary>sum ← sum · ∏ bucket[d]^d, by running products from the highest digit down.</summary>
    private void AddBuckets(int count, ref bool empty, CancellationToken cancellation)
    {
        var running = false;
        for (var digit = count - 1; digit > 0; digit--)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_filled[digit])
                Accumulate(_running, _buckets[digit], ref running);
            if (!running)
                continue;
            var filled = !empty;
            Accumulate(_sum, _running, ref filled);
            empty = false;
        }
    }

    private void Accumulate(Form product, Form factor, ref bool filled)
    {
        if (filled)
            _group.Multiply(product, product, factor);
        else
            product.Set(factor);
        filled = true;
    }

    /// <summary>
    /// The digits of ⌊2^t/B⌋ to the base 2^k, lowest first, by long division. The ⌊t/k⌋ digits are all there are, as
    /// 2^(t mod k) &lt; B for any B that a hash gives.
    /// </summary>
    private static ushort[] Digits(ulong iterations, int bits, UInt128 prime)
    {
        var digits = new ushort[checked((int)(iterations / (ulong)bits))];
        var remainder = UInt128.One << (int)(iterations % (ulong)bits);
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            var digit = 0;
            for (var bit = 0; bit < bits; bit++)
            {
                var carry = remainder >> 127 != 0;
                remainder <<= 1;
                digit <<= 1;
                if (!carry && remainder < prime)
                    continue;
                remainder -= prime;
                digit |= 1;
            }

            digits[i] = (ushort)digit;
        }

        return digits;
    }

    /// <summary>The divisor k of the spacing with the least work, t/k + spacing/k·2^(k+1) multiplications.</summary>
    private static int DigitBits(ulong iterations, int spacing)
    {
        var best = 1;
        var least = double.MaxValue;
        for (var bits = 1; bits <= MaximumDigitBits; bits++)
        {
            if (spacing % bits != 0)
                continue;
            var work = ((double)iterations / bits) + ((double)spacing / bits * (1 << (bits + 1)));
            if (work < least)
                (best, least) = (bits, work);
        }

        return best;
    }
}
