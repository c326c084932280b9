using System.Numerics;

namespace Chia.Cryptography.ClassGroups;

/// <summary>
/// A form as three plain integers: what comes from the wire and goes there. Its methods are the textbook ones; nothing
/// that runs once per squaring uses them.
/// </summary>
internal readonly record struct QuadraticForm(BigInteger A, BigInteger B, BigInteger C)
{
    /// <summary>The generator of every proof of time, (2, 1, (1−D)/8) (VDF.md 3).</summary>
    public static QuadraticForm Generator(BigInteger discriminant) => new(2, 1, (1 - discriminant) / 8);

    /// <summary>Whether (a, b) can be a positive form of any of our discriminants: those are odd, and b² − 4ac is as odd as b.</summary>
    public static bool IsPossible(BigInteger a, BigInteger b) => a.Sign > 0 && !b.IsEven;

    /// <summary>The reduced form of (a, b), or null if a ≤ 0 or b² − 4ac is not the discriminant for any c (VDF.md 8.1).</summary>
    public static QuadraticForm? Create(BigInteger a, BigInteger b, BigInteger discriminant)
    {
        if (a.Sign <= 0)
            return null;
        var c = BigInteger.DivRem((b * b) - discriminant, 4 * a, out var remainder);
        return remainder.IsZero ? new QuadraticForm(a, b, c).Reduce() : null;
    }

    /// <summary>The reduced form of the same class: −a &lt; b ≤ a ≤ c, and b ≥ 0 if a = c.</summary>
    public QuadraticForm Reduce()
    {
        var form = Normalize();
        while (form.A > form.C || (form.A == form.C && form.B.Sign < 0))
            form = new QuadraticForm(form.C, -form.B, form.A).Normalize();
        return form;
    }

    /// <summary>Big-endian two's complement of a and of b, <paramref name="size"/> bytes each; the form must be reduced.</summary>
    public void Serialize(Span<byte> destination, int size)
    {
        Write(A, destination[..size]);
        Write(B, destination.Slice(size, size));
    }

    /// <summary>Writes a signed big-endian number that fills the destination.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    internal static void Write(BigInteger value, Span<byte> destination)
    {
        var length = value.GetByteCount();
        if (length > destination.Length)
            throw new OverflowException();
        destination.Fill(value.Sign < 0 ? (byte)0xFF : (byte)0);
        value.TryWriteBytes(destination[^length..], out _, isBigEndian: true);
    }

    private QuadraticForm Normalize()
    {
        if (-A < B && B <= A)
            return this;
        var twiceA = 2 * A;
        var r = BigInteger.DivRem(A - B, twiceA, out var remainder);
        if (remainder.Sign < 0)
            r--;
        return new QuadraticForm(A, B + (r * twiceA), (r * ((A * r) + B)) + C);
    }
}
