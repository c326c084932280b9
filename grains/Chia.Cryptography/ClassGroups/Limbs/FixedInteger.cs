using System.Numerics;

namespace Chia.Cryptography.ClassGroups.Limbs;

/// <summary>
/// A signed integer in a buffer of fixed capacity: sign and magnitude, little-endian limbs, no leading zero limb. It is
/// reused for result after result, so that a computation of a million steps allocates nothing.
/// </summary>
internal sealed unsafe class FixedInteger
{
    // Keeps the pinned memory alive.
    private readonly LimbArena _arena;

    public FixedInteger(LimbArena arena, int capacity)
    {
        _arena = arena;
        Capacity = capacity;
        Limbs = arena.Take(capacity);
    }

    /// <summary>Limbs that fit.</summary>
    public int Capacity { get; }

    /// <summary>The magnitude.</summary>
    public ulong* Limbs { get; }

    /// <summary>Limbs in use; 0 for zero.</summary>
    public int Length { get; private set; }

    /// <summary>True for numbers below zero.</summary>
    public bool Negative { get; set; }

    public bool IsZero => Length == 0;

    public bool IsOne => Length == 1 && Limbs[0] == 1 && !Negative;

    /// <summary>Bits of the magnitude.</summary>
    public int BitLength => Length == 0 ? 0 : (Length * 64) - BitOperations.LeadingZeroCount(Limbs[Length - 1]);

    /// <summary>The highest 64 bits of the magnitude, which is not zero.</summary>
    public ulong LeadingBits
    {
        get
        {
            var high = Limbs[Length - 1];
            var shift = BitOperations.LeadingZeroCount(high);
            return shift == 0 ? high : (high << shift) | (Length > 1 ? Limbs[Length - 2] >> (64 - shift) : 0);
        }
    }

    /// <summary>Declares that <paramref name="length"/> limbs were written, of which the highest may be zero.</summary>
    public void SetLength(int length, bool negative)
    {
        Length = LimbKernels.Normalize(Limbs, length);
        Negative = negative && Length != 0;
    }

    /// <summary>Throws if a result of <paramref name="limbs"/> limbs would not fit: a bug, never a matter of input.</summary>
    public void Require(int limbs)
    {
        if (limbs > Capacity)
            throw new InvalidOperationException($"{limbs} limbs do not fit into {Capacity}");
    }

    public void Set(ulong value)
    {
        Limbs[0] = value;
        SetLength(1, false);
    }

    public void Set(FixedInteger value)
    {
        Require(value.Length);
        LimbKernels.Copy(Limbs, value.Limbs, value.Length);
        (Length, Negative) = (value.Length, value.Negative);
    }

    public void Set(BigInteger value)
    {
        var magnitude = BigInteger.Abs(value);
        var bytes = magnitude.GetByteCount(isUnsigned: true);
        var limbs = (bytes + 7) / 8;
        Require(limbs);
        if (limbs > 0)
        {
            Limbs[limbs - 1] = 0;
            magnitude.TryWriteBytes(new Span<byte>(Limbs, bytes), out _, isUnsigned: true);
        }

        SetLength(limbs, value.Sign < 0);
    }

    public BigInteger ToBigInteger()
    {
        var magnitude = new BigInteger(new ReadOnlySpan<byte>(Limbs, Length * 8), isUnsigned: true);
        return Negative ? -magnitude : magnitude;
    }

    public override string ToString() => ToBigInteger().ToString();
}
