namespace Chia.Cryptography.ClassGroups.Limbs;

/// <summary>The implementations of <see cref="ILimbArithmetic"/>.</summary>
internal enum LimbBackend
{
    /// <summary><see cref="GmpLimbs"/>.</summary>
    Gmp,

    /// <summary><see cref="ManagedLimbs"/>.</summary>
    Managed,
}
