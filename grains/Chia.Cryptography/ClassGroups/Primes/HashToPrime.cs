using System.Buffers.Binary;
using System.Security.Cryptography;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>The 128-bit prime that a Wesolowski proof is about (VDF.md 6).</summary>
internal static unsafe class HashToPrime<T>
    where T : struct, ILimbArithmetic
{
    private const int PrefixSize = 5 + sizeof(ulong);

    // 3·5·7 … 53 fits into 64 bits; dividing by these spares three quarters of the probable-prime tests.
    private const ulong SmallPrimesProduct = 16294579238595022365;

    private static ReadOnlySpan<byte> SmallPrimes => [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];

    /// <summary>
    /// The first prime among the first 16 bytes of SHA256("prime" || j || data), j = 0, 1, … as 8 big-endian bytes.
    /// </summary>
    public static UInt128 Find(ReadOnlySpan<byte> data)
    {
        Span<byte> message = new byte[PrefixSize + data.Length];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        "prime"u8.CopyTo(message);
        data.CopyTo(message[PrefixSize..]);
        for (ulong j = 0; ; j++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(message[5..], j);
            SHA256.HashData(message, digest);
            var candidate = BinaryPrimitives.ReadUInt128BigEndian(digest);
            if (IsPrime(candidate))
                return candidate;
        }
    }

    private static bool IsPrime(UInt128 candidate)
    {
        var n = stackalloc ulong[2];
        n[0] = (ulong)candidate;
        n[1] = (ulong)(candidate >> 64);
        if (n[1] != 0)
        {
            if ((n[0] & 1) == 0)
                return false;
            var (_, high) = LimbKernels.Divide(0, n[1], SmallPrimesProduct);
            var (_, remainder) = LimbKernels.Divide(high, n[0], SmallPrimesProduct);
            foreach (var prime in SmallPrimes)
            {
                if (remainder % prime == 0)
                    return false;
            }
        }

        return ProbablePrime<T>.Test(n, LimbKernels.Normalize(n, 2));
    }
}
