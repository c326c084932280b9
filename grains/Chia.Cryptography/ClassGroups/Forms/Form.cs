using System.Numerics;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>A positive binary quadratic form ax² + bxy + cy² of the group's discriminant, mutable (VDF.md 3).</summary>
internal sealed class Form(LimbArena arena, int capacity)
{
    /// <summary>Numbers of the given capacity that the constructor takes from the arena.</summary>
    public const int Numbers = 3;

    public FixedInteger A { get; private set; } = new(arena, capacity);

    public FixedInteger B { get; private set; } = new(arena, capacity);

    public FixedInteger C { get; private set; } = new(arena, capacity);

    /// <summary>Copies another variant.</summary>
    public void Set(Form other)
    {
        A.Set(other.A);
        B.Set(other.B);
        C.Set(other.C);
    }

    /// <summary>Copies a form of plain integers.</summary>
    public void Set(in QuadraticForm form)
    {
        A.Set(form.A);
        B.Set(form.B);
        C.Set(form.C);
    }

    /// <summary>(a, b, c) ← (c, b, a): not an equivalent form, the first half of a reduction step.</summary>
    public void SwapOuter() => (A, C) = (C, A);

    public QuadraticForm ToQuadraticForm() => new(A.ToBigInteger(), B.ToBigInteger(), C.ToBigInteger());

    public bool Equals(Form other) => Equal(A, other.A) && Equal(B, other.B) && Equal(C, other.C);

    private static unsafe bool Equal(FixedInteger x, FixedInteger y) =>
        x.Length == y.Length && x.Negative == y.Negative && LimbKernels.Compare(x.Limbs, y.Limbs, x.Length) == 0;
}
