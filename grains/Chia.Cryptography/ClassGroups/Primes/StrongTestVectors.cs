using System.Numerics;
using System.Runtime.Intrinsics;

namespace Chia.Cryptography.ClassGroups;

/// <summary>A kind of vectors for the strong test.</summary>
/// <param name="Name">"AVX-512".</param>
/// <param name="IsSupported">Whether the processor has the instructions.</param>
/// <param name="Create">A test of numbers of so many bits.</param>
internal sealed record StrongTestVectors(string Name, bool IsSupported, Func<int, VectorStrongTest> Create)
{
    /// <summary>Length of the numbers of the self-check.</summary>
    public const int SelfCheckBits = 1024;

    /// <summary>Candidates between where a search from <see cref="SelfCheckSeed"/> begins and its first prime.</summary>
    private const int StepsToPrime = 160;

    /// <summary>What the numbers of the self-check are made from.</summary>
    public static ReadOnlySpan<byte> SelfCheckSeed => "self-check"u8;

    /// <summary>All kinds, fastest first.</summary>
    public static IReadOnlyList<StrongTestVectors> Kinds { get; } =
    [
        Of<WideStrongTestLanes, Vector512<double>, Vector512<ulong>>(),
        Of<NarrowStrongTestLanes, Vector256<double>, Vector256<ulong>>(),
    ];

    /// <summary>What this process uses: the fastest kind that the processor has and that passes its self-check, run when it is first asked
    /// for: a millisecond.</summary>
    public static VectorChoice<StrongTestVectors> Chosen { get; } =
        VectorChoice.Choose(VectorUse.Discriminants, Kinds, k => k.Name, k => k.IsSupported, Check);

    /// <summary>
    /// Whether the vectors do what they should: numbers as a search meets them, the prime that it ends with among them, to both bases.
    /// </summary>
    public static bool Check(StrongTestVectors kind)
    {
        var test = kind.Create(SelfCheckBits + 1);
        return test.Test(SelfCheckNumbers(test.Lanes, out var fives, out var expected), fives) == expected;
    }

    /// <summary>
    /// The numbers of the self-check and what is known of them, which costs a search and several slow powers to find out: a prime, and
    /// numbers after it that are none and that neither base takes for one.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="fives">Whose base is 5 instead of 3, as bits.</param>
    /// <param name="expected">Who passes, as bits.</param>
    public static BigInteger[] SelfCheckNumbers(int count, out int fives, out int expected)
    {
        var prime = Discriminant.Origin(SelfCheckSeed, SelfCheckBits) + (StepsToPrime * (BigInteger)CandidateSieve.Step);
        var numbers = new BigInteger[count];
        (fives, expected) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var isPrime = i % 3 == 0;
            numbers[i] = prime + ((isPrime ? 0 : i) * (BigInteger)CandidateSieve.Step);
            fives |= i >= count / 2 ? 1 << i : 0;
            expected |= isPrime ? 1 << i : 0;
        }

        return numbers;
    }

    private static StrongTestVectors Of<TLanes, TDoubles, TIntegers>()
        where TLanes : struct, IStrongTestLanes<TDoubles, TIntegers>
        where TDoubles : struct
        where TIntegers : struct =>
        new(TLanes.Name, TLanes.IsSupported, bits => new VectorStrongTest<TLanes, TDoubles, TIntegers>(bits));
}
