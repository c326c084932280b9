using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>Which arithmetic the class groups run on: GNU MP if the library is installed, otherwise our own.</summary>
public static class ClassGroupBackend
{
    /// <summary>
    /// Set this <see cref="AppContext"/> switch (runtimeconfig or <c>AppContext.SetSwitch</c> before first use) to do
    /// without the native library even where it exists.
    /// </summary>
    public const string ManagedSwitch = "Chia.Cryptography.ClassGroups.Managed";

    // Before Name, which is initialised from it.
    internal static LimbBackend Default { get; } =
        GmpNative.Version is not null && !(AppContext.TryGetSwitch(ManagedSwitch, out var managed) && managed)
            ? LimbBackend.Gmp
            : LimbBackend.Managed;

    /// <summary>"libgmp 6.2.1" (its own version text) or "managed".</summary>
    internal static string Name { get; } = Default == LimbBackend.Gmp ? GmpLimbs.Name : ManagedLimbs.Name;

    /// <summary>What candidates for discriminants are tested with: "AVX-512", "AVX2" or "scalar", and which vectors are not used since
    /// they fail their self-check. Runs it.</summary>
    public static string PrimeTests => StrongTestVectors.Chosen.Description;
}
