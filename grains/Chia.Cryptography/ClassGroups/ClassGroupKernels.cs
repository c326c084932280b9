using System.Numerics;
using Chia.Cryptography.ClassGroups.Limbs;
using Chia.Protocol.Blocks;

namespace Chia.Cryptography.ClassGroups;

/// <summary>
/// What a proof of time is verified with, on an arithmetic of the caller's choice: for measuring them side by side. Everything else uses
/// <see cref="ClassGroupBackend"/>'s choice. Thread-safe.
/// </summary>
public sealed class ClassGroupKernels
{
    private readonly LimbBackend _backend;

    private ClassGroupKernels(LimbBackend backend) => _backend = backend;

    /// <summary>The arithmetics that this machine can run: GNU MP if it is installed, and our own.</summary>
    public static IReadOnlyList<ClassGroupKernels> Available { get; } = GmpNative.Version is null
        ? [new(LimbBackend.Managed)]
        : [new(LimbBackend.Gmp), new(LimbBackend.Managed)];

    /// <summary>As <see cref="ClassGroupBackend.Name"/>.</summary>
    public string Name => _backend == LimbBackend.Gmp ? GmpLimbs.Name : ManagedLimbs.Name;

    /// <summary>Whether it is our own.</summary>
    public bool IsManaged => _backend == LimbBackend.Managed;

    /// <summary>As <see cref="Discriminant.Create(ReadOnlySpan{byte}, int, int)"/>, on one thread.</summary>
    public BigInteger CreateDiscriminant(ReadOnlySpan<byte> challenge, int bits) => Discriminant.Create(challenge, bits, 1, _backend);

    /// <summary>What candidates for discriminants can be tested with here: kinds of vectors, fastest first, then "scalar".</summary>
    public static IReadOnlyList<string> PrimeTests { get; } =
        [.. StrongTestVectors.Kinds.Where(kind => kind.IsSupported).Select(kind => kind.Name), "scalar"];

    /// <summary>The same with one of <see cref="PrimeTests"/>, whatever its self-check says.</summary>
    public BigInteger CreateDiscriminant(ReadOnlySpan<byte> challenge, int bits, string primeTests) =>
        Discriminant.Create(challenge, bits, 1, _backend, StrongTestVectors.Kinds.SingleOrDefault(kind => kind.Name == primeTests));

    /// <summary>As <see cref="ProofOfTimeVerifier.Verify(ProofOfTime, BigInteger, int)"/>, on one thread.</summary>
    public ProofOfTimeVerdict Verify(ProofOfTime proof, BigInteger discriminant) =>
        ProofOfTimeVerifier.Verify(proof, discriminant, 1, _backend);

    /// <summary>Squares the generator again and again.</summary>
    /// <param name="discriminant">The group's discriminant, negative.</param>
    /// <param name="count">Squarings.</param>
    public void Square(BigInteger discriminant, int count)
    {
        if (_backend == LimbBackend.Gmp)
            Square<GmpLimbs>(discriminant, count);
        else
            Square<ManagedLimbs>(discriminant, count);
    }

    /// <summary>Multiplies numbers of so many limbs of 64 bits again and again, each with a limb of the product before.</summary>
    /// <param name="limbs">Limbs of both factors.</param>
    /// <param name="count">Products.</param>
    public void Multiply(int limbs, int count)
    {
        if (_backend == LimbBackend.Gmp)
            Multiply<GmpLimbs>(limbs, count);
        else
            Multiply<ManagedLimbs>(limbs, count);
    }

    private static unsafe void Multiply<T>(int limbs, int count)
        where T : struct, ILimbArithmetic
    {
        ulong* factors = stackalloc ulong[2 * limbs], product = stackalloc ulong[2 * limbs];
        new Random(limbs).NextBytes(new Span<byte>(factors, 2 * limbs * sizeof(ulong)));
        for (; count > 0; count--)
        {
            T.Multiply(product, factors, limbs, factors + limbs, limbs);
            factors[0] = product[limbs];
        }
    }

    private static void Square<T>(BigInteger discriminant, int count)
        where T : struct, ILimbArithmetic
    {
        var group = new ClassGroup<T>(discriminant);
        var form = group.NewForm(QuadraticForm.Generator(discriminant).Reduce());
        for (; count > 0; count--)
            group.Square(form, form);
    }
}
