using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>Fixed powers: inversion and square roots.</summary>
internal partial struct Fq
{
    private const int WindowBits = 5;

    /// <summary>Odd powers that the steps refer to.</summary>
    internal const int RootTableSize = 1 << (WindowBits - 1);

    // (q-3)/4, least significant word first: q = 3 modulo 4, so roots and inverses are this power and a few products.
    private static readonly ulong[] RootExponent =
    [
        0xee7fbfffffffeaaa, 0x07aaffffac54ffff, 0xd9cc34a83dac3d89, 0xd91dd2e13ce144af, 0x92c6e9ed90d2eb35, 0x0680447a8e5ff9a6,
    ];

    // The exponent cut into windows: so many squarings, then a product with the odd power 2*index+1 (none for a negative index).
    internal static readonly (int Squarings, int Index)[] RootSteps = CutIntoWindows(RootExponent);

    /// <summary>
    /// r = x^((q-3)/4), from which x·r is a square root of x or of -x, and x·r² is x^((q-1)/2), the quadratic character.
    /// </summary>
    [SkipLocalsInit]
    public static void RootPower(out Fq r, in Fq x)
    {
        Span<Fq> odd = stackalloc Fq[RootTableSize];
        odd[0] = x;
        Square(out var square, in x);
        for (var i = 1; i < odd.Length; i++)
            Multiply(out odd[i], in odd[i - 1], in square);

        r = odd[RootSteps[0].Index];
        for (var step = 1; step < RootSteps.Length; step++)
        {
            for (var i = RootSteps[step].Squarings; i > 0; i--)
                Square(out r, in r);
            if (RootSteps[step].Index >= 0)
                Multiply(out r, in r, in odd[RootSteps[step].Index]);
        }
    }

    /// <summary>root1 of BLS.md 3: r = x^((q+1)/4); true iff r² = x.</summary>
    public static bool TrySquareRoot(out Fq r, in Fq x)
    {
        RootPower(out var power, in x);
        Multiply(out var root, in power, in x);
        Square(out var check, in root);
        var isSquare = AreEqual(in check, in x);
        r = root;
        return isSquare;
    }

    /// <summary>r = 1/x, and 0 for 0: x^(q-2), where q-2 = 4*(q-3)/4 + 1.</summary>
    public static void Invert(out Fq r, in Fq x)
    {
        RootPower(out var power, in x);
        Square(out power, in power);
        Square(out power, in power);
        Multiply(out r, in power, in x);
    }

    private static (int Squarings, int Index)[] CutIntoWindows(ulong[] exponent)
    {
        var steps = new List<(int, int)>();
        var squarings = 0;
        for (var bit = (exponent.Length * WordBits) - 1; bit >= 0;)
        {
            if (!Bit(bit))
            {
                squarings++;
                bit--;
                continue;
            }

            var low = Math.Max(bit - WindowBits + 1, 0);
            while (!Bit(low))
                low++;
            var window = 0;
            for (var i = bit; i >= low; i--)
                window = (window << 1) | (Bit(i) ? 1 : 0);
            steps.Add((squarings + bit - low + 1, window >> 1));
            squarings = 0;
            bit = low - 1;
        }

        if (squarings > 0)
            steps.Add((squarings, -1));
        return [.. steps];

        bool Bit(int i) => ((exponent[i / WordBits] >> (i % WordBits)) & 1) != 0;
    }
}
