using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.Tests.ClassGroups;

/// <summary>The limb arithmetics that this machine can run: our own always, GMP's where the library is installed.</summary>
public static class Backends
{
    internal static readonly LimbBackend[] Available = GmpNative.Version is null
        ? [LimbBackend.Managed]
        : [LimbBackend.Managed, LimbBackend.Gmp];

    /// <summary>Their names, as theory data.</summary>
    public static TheoryData<string> Names => new(Available.Select(b => b.ToString()));

    internal static LimbBackend Parse(string name) => Enum.Parse<LimbBackend>(name);
}
