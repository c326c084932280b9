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

    /// <summary>
    /// Whether (a, b) can be a reduced form of any of our discriminants, which are odd: b² − 4ac is as odd as b, and a reduced b is
    /// in −a &lt; b ≤ a.
    /// </summary>
    public static bool IsPossible(BigInteger a, BigInteger b) => a.Sign > 0 && !b.IsEven && -a < b && b <= a;

    /// <summary>
    /// The form (a, b), or null unless it is the reduced one of its class: a &gt; 0, b² − 4ac the discriminant for some c, reduced
    /// (VDF.md 8.1). What comes from outside is taken in this one spelling only: its bytes are hashed.
    /// </summary>
    public static QuadraticForm? Create(BigInteger a, BigInteger b, BigInteger discriminant)
    {
        if (!IsPossible(a, b))
            return null;
        var c = BigInteger.DivRem((b * b) - discriminant, 4 * a, out var remainder);
        return remainder.IsZero && (a < c || (a == c && b.Sign >= 0)) ? new QuadraticForm(a, b, c) : null;
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
