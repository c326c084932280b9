using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>The fixed power that roots and inverses are made of, as <see cref="Fq.RootPower"/> takes it.</summary>
internal unsafe partial struct FqLanes
{
    /// <summary>r = x^((q-3)/4), x tight.</summary>
    [SkipLocalsInit]
    public static void RootPower(FqLanes* r, FqLanes* x)
    {
        var memory = stackalloc byte[((Fq.RootTableSize + 2) * sizeof(FqLanes)) + Alignment];
        FqLanes* odd = (FqLanes*)Align(memory), square = odd + Fq.RootTableSize, power = square + 1;
        Copy(odd, x);
        Multiply(square, x, x);
        for (var i = 1; i < Fq.RootTableSize; i++)
            Multiply(odd + i, odd + i - 1, square);

        var steps = Fq.RootSteps;
        Copy(power, odd + steps[0].Index);
        for (var step = 1; step < steps.Length; step++)
        {
            for (var i = steps[step].Squarings; i > 0; i--)
                Multiply(power, power, power);
            if (steps[step].Index >= 0)
                Multiply(power, power, odd + steps[step].Index);
        }

        Copy(r, power);
    }

    /// <summary>r = 1/x, and 0 for 0: x^(q-2), where q-2 = 4·(q-3)/4 + 1.</summary>
    [SkipLocalsInit]
    public static void Invert(FqLanes* r, FqLanes* x)
    {
        var memory = stackalloc byte[sizeof(FqLanes) + Alignment];
        var power = (FqLanes*)Align(memory);
        RootPower(power, x);
        Multiply(power, power, power);
        Multiply(power, power, power);
        Multiply(r, power, x);
    }

    /// <summary>root1 of BLS.md 3: r = x^((q+1)/4), x tight.</summary>
    /// <returns>The lanes in which r² = x.</returns>
    [SkipLocalsInit]
    public static int SquareRoot(FqLanes* r, FqLanes* x)
    {
        var memory = stackalloc byte[(2 * sizeof(FqLanes)) + Alignment];
        FqLanes* root = (FqLanes*)Align(memory), check = root + 1;
        RootPower(root, x);
        Multiply(root, root, x);
        Multiply(check, root, root);
        var squares = EqualLanes(check, x);
        Copy(r, root);
        return squares;
    }
}
