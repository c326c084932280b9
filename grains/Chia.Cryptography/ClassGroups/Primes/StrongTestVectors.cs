using System.Numerics;
using System.Runtime.Intrinsics;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>A kind of vectors for the strong test.</summary>
/// <param name="Name">"AVX-512".</param>
/// <param name="IsSupported">Whether the processor has the instructions.</param>
/// <param name="Create">A test of numbers of so many bits.</param>
internal sealed record StrongTestVectors(string Name, bool IsSupported, Func<int, VectorStrongTest> Create)
{
    private const int SelfCheckBits = 1024;

    /// <summary>All kinds, fastest first.</summary>
    public static IReadOnlyList<StrongTestVectors> Kinds { get; } =
    [
        Of<WideStrongTestLanes, Vector512<double>, Vector512<ulong>>(),
        Of<NarrowStrongTestLanes, Vector256<double>, Vector256<ulong>>(),
    ];

    /// <summary>What this process uses: the fastest kind that the processor has and that passes its self-check, run when it is first asked
    /// for: some milliseconds.</summary>
    public static VectorChoice<StrongTestVectors> Chosen { get; } =
        VectorChoice.Choose(VectorUse.Discriminants, Kinds, k => k.Name, k => k.IsSupported, Check);

    /// <summary>
    /// Whether the vectors do what they should: numbers as a search meets them, the prime that it ends with among them, to both bases.
    /// </summary>
    public static bool Check(StrongTestVectors kind)
    {
        var prime = -Discriminant.Create("self-check"u8, SelfCheckBits, 1, LimbBackend.Managed, vectors: null);
        var test = kind.Create(SelfCheckBits + 1);
        var numbers = new BigInteger[test.Lanes];
        var (expected, fives) = (0, 0);
        for (var i = 0; i < numbers.Length; i++)
        {
            var five = i >= numbers.Length / 2;
            numbers[i] = prime + ((i % 3 == 0 ? 0 : i) * (BigInteger)CandidateSieve.Step);
            fives |= five ? 1 << i : 0;
            expected |= Passes(numbers[i], five ? 5 : 3) ? 1 << i : 0;
        }

        return test.Test(numbers, fives) == expected;
    }

    private static StrongTestVectors Of<TLanes, TDoubles, TIntegers>()
        where TLanes : struct, IStrongTestLanes<TDoubles, TIntegers>
        where TDoubles : struct
        where TIntegers : struct =>
        new(TLanes.Name, TLanes.IsSupported, bits => new VectorStrongTest<TLanes, TDoubles, TIntegers>(bits));

    private static bool Passes(BigInteger number, int @base)
    {
        var power = BigInteger.ModPow(@base, number >> 1, number);
        return power.IsOne || power == number - 1;
    }
}
