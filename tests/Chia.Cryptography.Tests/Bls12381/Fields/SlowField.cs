using System.Numerics;
using Chia.Cryptography.Bls12381;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>The base field on BigInteger, as BLS.md 1-3 writes it: the readable twin of <see cref="Fq"/>.</summary>
internal static class SlowField
{
    public static readonly BigInteger Q =
        Number("1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab");

    public static readonly BigInteger N = Number("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");

    public static readonly BigInteger X = Number("d201000000010000");

    public static BigInteger Number(string hex) => new(Convert.FromHexString(hex), isUnsigned: true, isBigEndian: true);

    public static BigInteger Mod(BigInteger value)
    {
        var r = value % Q;
        return r.Sign < 0 ? r + Q : r;
    }

    /// <summary>By Euclid's algorithm; 0 for 0.</summary>
    public static BigInteger Inverse(BigInteger value)
    {
        var (r, next) = (Q, Mod(value));
        var (t, nextT) = (BigInteger.Zero, BigInteger.One);
        while (!next.IsZero)
        {
            var quotient = r / next;
            (r, next) = (next, r - (quotient * next));
            (t, nextT) = (nextT, t - (quotient * nextT));
        }

        return r.IsOne ? Mod(t) : BigInteger.Zero;
    }

    public static bool IsBig(BigInteger value) => value > (Q - 1) / 2;

    /// <summary>root1.</summary>
    public static (bool Ok, BigInteger Root) Root1(BigInteger a)
    {
        var r = BigInteger.ModPow(a, (Q + 1) / 4, Q);
        return (Mod(r * r) == a, r);
    }

    public static byte[] Bytes(BigInteger value)
    {
        var bytes = new byte[48];
        var raw = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        raw.CopyTo(bytes, bytes.Length - raw.Length);
        return bytes;
    }

    public static string Hex(BigInteger value) => Convert.ToHexStringLower(Bytes(value));

    /// <summary>The fast element with this value.</summary>
    public static Fq Fast(BigInteger value)
    {
        Fq.FromBytes(out var r, Bytes(Mod(value)));
        return r;
    }

    /// <summary>The value of a fast element.</summary>
    public static BigInteger Slow(in Fq value)
    {
        Span<byte> bytes = stackalloc byte[Fq.Size];
        value.ToBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    /// <summary>A random element; one in four is next to 0, q/2 or q.</summary>
    public static BigInteger Sample(Random random)
    {
        var bytes = new byte[64];
        random.NextBytes(bytes);
        var value = new BigInteger(bytes, isUnsigned: true) % Q;
        return random.Next(4) != 0 ? value : Mod((random.Next(3) * ((Q - 1) / 2)) + random.Next(-3, 4));
    }
}
