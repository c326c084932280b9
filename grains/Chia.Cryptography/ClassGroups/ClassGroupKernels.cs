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

    private static void Square<T>(BigInteger discriminant, int count)
        where T : struct, ILimbArithmetic
    {
        var group = new ClassGroup<T>(discriminant);
        var form = group.NewForm(QuadraticForm.Generator(discriminant).Reduce());
        for (; count > 0; count--)
            group.Square(form, form);
    }
}
