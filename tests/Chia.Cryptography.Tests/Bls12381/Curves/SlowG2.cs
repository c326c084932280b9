using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>E′ by the school-book formulas, and the map to it step by step (BLS.md 6). Null is infinity.</summary>
internal static class SlowG2
{
    public static readonly SlowFq2 B = new(4, 4);

    public static readonly BigInteger Cofactor = SlowField.Number(
        "5d543a95414e7f1091d50792876a202cd91de4547085abaa68a205b2e5a7ddfa628f1cb4d9e82ef21537e293a6691ae1616ec6e786f0c70cf1c38e31c7238e5".PadLeft(128, '0'));

    private static readonly BigInteger S =
        SlowField.Number("0be32ce5fbeed9ca374d38c0ed41eefd5bb675277cdf12d11bc2fb026c41400045c03fffffffdfffd".PadLeft(96, '0'));

    private static readonly BigInteger H =
        SlowField.Number("5f19672fdf76ce51ba69c6076a0f77eaddb3a93be6f89688de17d813620a00022e01fffffffefffe".PadLeft(96, '0'));

    public static SlowFq2 RightSide(SlowFq2 x) => (x * x * x) + B;

    public static (SlowFq2 X, SlowFq2 Y)? Add((SlowFq2 X, SlowFq2 Y)? p, (SlowFq2 X, SlowFq2 Y)? q)
    {
        if (p is not { } a)
            return q;
        if (q is not { } b)
            return p;
        SlowFq2 slope;
        if (a.X != b.X)
            slope = (b.Y - a.Y) * (b.X - a.X).Inverse();
        else if (a.Y == b.Y)
            slope = new SlowFq2(3, 0) * a.X * a.X * (a.Y + a.Y).Inverse();
        else
            return null;
        var x = (slope * slope) - a.X - b.X;
        return (x, (slope * (a.X - x)) - a.Y);
    }

    public static (SlowFq2 X, SlowFq2 Y)? Multiply((SlowFq2 X, SlowFq2 Y)? p, BigInteger k)
    {
        (SlowFq2 X, SlowFq2 Y)? r = null;
        for (var bit = (int)k.GetBitLength() - 1; bit >= 0; bit--)
        {
            r = Add(r, r);
            if (!(k >> bit).IsEven)
                r = Add(r, p);
        }

        return r;
    }

    /// <summary>A point of E′, nearly always outside the subgroup.</summary>
    public static (SlowFq2 X, SlowFq2 Y) Sample(Random random)
    {
        while (true)
        {
            var x = SlowFq2.Sample(random);
            var (ok, y) = RightSide(x).Root2();
            if (ok && y * y == RightSide(x))
                return (x, y);
        }
    }

    /// <summary>sw (BLS.md 6.1), and which candidate it took.</summary>
    public static ((SlowFq2 X, SlowFq2 Y)? Point, int Candidate) Encode(SlowFq2 t)
    {
        if (t == SlowFq2.Zero)
            return (null, 0);
        var w = ((t * t) + new SlowFq2(5, 4)).Inverse() * new SlowFq2(S, 0) * t;
        var x1 = new SlowFq2(H, 0) - (w * t);
        SlowFq2[] candidates = [x1, -x1 - SlowFq2.One, SlowFq2.One + (w * w).Inverse()];
        for (var i = 0; ; i++)
        {
            var (ok, y) = RightSide(candidates[i]).Root2();
            if (ok)
                return ((candidates[i], SlowField.IsBig(y.C1) == SlowField.IsBig(t.C1) ? y : -y), i + 1);
        }
    }

    /// <summary>The whole map, with the cofactor cleared by one long multiplication.</summary>
    public static (SlowFq2 X, SlowFq2 Y)? Map(byte[] hash)
    {
        var sum = Add(Encode(Field(hash, 0)).Point, Encode(Field(hash, 1)).Point);
        return Multiply(sum, 3 * ((SlowField.X * SlowField.X) - 1) * Cofactor);
    }

    public static SlowFq2 Field(byte[] hash, int index) => new(Half(hash, $"G2_{index}_c0"), Half(hash, $"G2_{index}_c1"));

    public static G2Affine Fast((SlowFq2 X, SlowFq2 Y) p) => new() { X = p.X.Fast(), Y = p.Y.Fast() };

    public static (SlowFq2 X, SlowFq2 Y)? Of(in G2Point p)
    {
        if (p.IsInfinity())
            return null;
        G2Point.ToAffine(out var affine, in p);
        return (SlowFq2.Of(in affine.X), SlowFq2.Of(in affine.Y));
    }

    private static BigInteger Half(byte[] hash, string tag)
    {
        byte[] input = [.. hash, .. Encoding.ASCII.GetBytes(tag)];
        byte[] digest = [.. SHA256.HashData([.. input, 0]), .. SHA256.HashData([.. input, 1])];
        return new BigInteger(digest, isUnsigned: true, isBigEndian: true) % SlowField.Q;
    }
}
