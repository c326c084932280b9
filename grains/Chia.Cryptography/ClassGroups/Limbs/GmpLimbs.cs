namespace Chia.Cryptography.ClassGroups.Limbs;

/// <summary>Limb arithmetic by GNU MP; usable if <see cref="GmpNative.Version"/> is not null.</summary>
internal readonly unsafe struct GmpLimbs : ILimbArithmetic
{
    public static string Name => "libgmp " + GmpNative.Version;

    public static void Multiply(ulong* r, ulong* x, int xn, ulong* y, int yn) => GmpNative.Multiply(r, x, xn, y, yn);

    public static void Square(ulong* r, ulong* x, int n) => GmpNative.Square(r, x, n);

    public static void DivideWithRemainder(ulong* q, ulong* r, ulong* x, int xn, ulong* d, int dn) =>
        GmpNative.DivideWithRemainder(q, r, 0, x, xn, d, dn);

    public static void PowerModulo(ulong* r, uint @base, ulong* e, int en, ulong* m, int n)
    {
        ulong baseLimb = @base;
        var baseNumber = new GmpNative.Mpz { Allocated = 1, Size = @base == 0 ? 0 : 1, Limbs = &baseLimb };
        var exponent = new GmpNative.Mpz { Allocated = en, Size = en, Limbs = e };
        var modulus = new GmpNative.Mpz { Allocated = n, Size = n, Limbs = m };
        GmpNative.Mpz result;
        GmpNative.Initialize(&result, (ulong)n * 64);
        GmpNative.PowerModulo(&result, &baseNumber, &exponent, &modulus);
        new ReadOnlySpan<ulong>(result.Limbs, result.Size).CopyTo(new Span<ulong>(r, n));
        new Span<ulong>(r + result.Size, n - result.Size).Clear();
        GmpNative.Clear(&result);
    }
}
