using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>A point other than infinity, as (x, y), of the curve over a field.</summary>
/// <typeparam name="TField">The field of its coordinates: Fq for G1, Fq2 for G2.</typeparam>
internal struct AffinePoint<TField>
    where TField : struct, IField<TField>
{
    internal TField X;
    internal TField Y;

    /// <summary>The generator of the group (BLS.md 2).</summary>
    public static readonly AffinePoint<TField> Generator = TField.Generator;

    private static readonly TField Constant = TField.CurveConstant;

    /// <summary>r = -p.</summary>
    public static void Negate(out AffinePoint<TField> r, in AffinePoint<TField> p)
    {
        Unsafe.SkipInit(out r);
        r.X = p.X;
        TField.Negate(out r.Y, in p.Y);
    }

    /// <summary>True if y² is the right side of the curve's equation.</summary>
    public static bool IsOnCurve(in AffinePoint<TField> p)
    {
        RightSide(out var right, in p.X);
        TField.Square(out var left, in p.Y);
        return TField.AreEqual(in left, in right);
    }

    /// <summary>r = x³ + b.</summary>
    public static void RightSide(out TField r, in TField x)
    {
        TField.Square(out var square, in x);
        TField.Multiply(out var cube, in x, in square);
        TField.Add(out r, in cube, in Constant);
    }
}
