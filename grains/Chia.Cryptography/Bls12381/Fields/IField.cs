namespace Chia.Cryptography.Bls12381;

/// <summary>What the arithmetic of points asks of the field of their coordinates, and the one curve y² = x³ + b that there is over
/// it.</summary>
/// <typeparam name="T">The field's elements.</typeparam>
internal interface IField<T>
    where T : struct, IField<T>
{
    /// <summary>1.</summary>
    static abstract T One { get; }

    /// <summary>b of the curve.</summary>
    static abstract T CurveConstant { get; }

    /// <summary>The generator of the group of prime order on the curve.</summary>
    static abstract AffinePoint<T> Generator { get; }

    /// <summary>True for 0.</summary>
    bool IsZero();

    /// <summary>x = y.</summary>
    static abstract bool AreEqual(in T x, in T y);

    /// <summary>r = x + y.</summary>
    static abstract void Add(out T r, in T x, in T y);

    /// <summary>r = x + y for one that is only multiplied or squared: a field may leave out carries.</summary>
    static abstract void AddFactor(out T r, in T x, in T y);

    /// <summary>r = x - y.</summary>
    static abstract void Subtract(out T r, in T x, in T y);

    /// <summary>r = x - y for one that is only multiplied: a field may leave out carries.</summary>
    static abstract void SubtractFactor(out T r, in T x, in T y);

    /// <summary>r = x - k·y for a small k.</summary>
    static abstract void SubtractMultiple(out T r, in T x, in T y, ulong k);

    /// <summary>r = 2(x - y - z).</summary>
    static abstract void TwiceDifference(out T r, in T x, in T y, in T z);

    /// <summary>r = -x.</summary>
    static abstract void Negate(out T r, in T x);

    /// <summary>r = x·y.</summary>
    static abstract void Multiply(out T r, in T x, in T y);

    /// <summary>r = x².</summary>
    static abstract void Square(out T r, in T x);

    /// <summary>r = 1/x; 0 for 0.</summary>
    static abstract void Invert(out T r, in T x);
}
