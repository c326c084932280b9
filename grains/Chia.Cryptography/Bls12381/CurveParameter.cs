namespace Chia.Cryptography.Bls12381;

/// <summary>The number that generates the curve family (BLS.md 2); its value is negative.</summary>
internal static class CurveParameter
{
    /// <summary>|x|; bits 63, 62, 60, 57, 48 and 16.</summary>
    public const ulong Magnitude = 0xd201000000010000;
}
