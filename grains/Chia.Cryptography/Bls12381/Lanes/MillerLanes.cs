using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>Eight pairs on their way through the Miller loop (<see cref="MillerPair"/>), each multiplying its own lane of f.</summary>
internal unsafe struct MillerLanes
{
    private G1AffineLanes _p;
    private G2AffineLanes _q;
    private G2Lanes _t;

    /// <summary>f = the product over the pairs' lanes, before the final exponentiation; running points are used up.</summary>
    public static void Loop(Fq12Lanes* f, MillerLanes* pairs, int count)
    {
        Fq12Lanes.SetOne(f);
        for (var bit = 62; bit >= 0; bit--)
        {
            if (bit != 62)
                Fq12Lanes.Square(f, f);
            for (var i = 0; i < count; i++)
                Double(pairs + i, f);
            if (((CurveParameter.Magnitude >> bit) & 1) == 0)
                continue;
            for (var i = 0; i < count; i++)
                Add(pairs + i, f);
        }
    }

    /// <summary>Starts with T = Q.</summary>
    public static void Start(MillerLanes* pair, G1AffineLanes* p, G2AffineLanes* q)
    {
        FqLanes.Copy(&pair->_p.X, &p->X);
        FqLanes.Copy(&pair->_p.Y, &p->Y);
        Fq2Lanes.Copy(&pair->_q.X, &q->X);
        Fq2Lanes.Copy(&pair->_q.Y, &q->Y);
        G2Lanes.FromAffine(&pair->_t, q);
    }

    // f = f · (tangent at T, at P); T = 2T, in homogeneous coordinates.
    [SkipLocalsInit]
    private static void Double(MillerLanes* pair, Fq12Lanes* f)
    {
        var memory = stackalloc byte[(7 * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* a = (Fq2Lanes*)FqLanes.Align(memory), b = a + 1, c = a + 2, j = a + 3, h = a + 4, e = a + 5, t = a + 6;
        Fq2Lanes* x = &pair->_t.X, y = &pair->_t.Y, z = &pair->_t.Z;
        Fq2Lanes.Multiply(a, x, y);
        Fq2Lanes.Square(b, y);
        Fq2Lanes.Square(c, z);
        Fq2Lanes.Square(j, x);
        Fq2Lanes.Add(h, y, z);
        Fq2Lanes.Tighten(h, h);
        Fq2Lanes.Square(h, h);
        Fq2Lanes.Subtract(h, h, b);
        Fq2Lanes.Subtract(h, h, c);
        Fq2Lanes.Tighten(h, h);

        // e = 3·(4 + 4u)·z².
        Fq2Lanes.MultiplyByXi(e, c);
        Fq2Lanes.Scale(e, e, 12);
        Fq2Lanes.Tighten(e, e);

        Fq2Lanes.Scale(t, e, 3);
        Fq2Lanes.Subtract(c, b, t);
        Fq2Lanes.Tighten(c, c);
        Fq2Lanes.Add(a, a, a);
        Fq2Lanes.Multiply(x, a, c);
        Fq2Lanes.Add(t, b, t);
        Fq2Lanes.Tighten(t, t);
        Fq2Lanes.Square(y, t);
        Fq2Lanes.Square(t, e);
        Fq2Lanes.Scale(t, t, 12);
        Fq2Lanes.Subtract(y, y, t);
        Fq2Lanes.Tighten(y, y);
        Fq2Lanes.Scale(t, h, 4);
        Fq2Lanes.Multiply(z, b, t);

        // The line: (e - y²) + 3x²·x_P·w² - 2yz·y_P·w³.
        Fq2Lanes.Subtract(e, e, b);
        Fq2Lanes.Tighten(e, e);
        Fq2Lanes.Scale(j, j, 3);
        Fq2Lanes.MultiplyByFq(j, j, &pair->_p.X);
        Fq2Lanes.Negate(h, h);
        Fq2Lanes.MultiplyByFq(h, h, &pair->_p.Y);
        Fq12Lanes.MultiplyByLine(f, f, e, j, h);
    }

    // f = f · (line through T and Q, at P); T = T + Q.
    [SkipLocalsInit]
    private static void Add(MillerLanes* pair, Fq12Lanes* f)
    {
        var memory = stackalloc byte[(9 * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* theta = (Fq2Lanes*)FqLanes.Align(memory), lambda = theta + 1, j = theta + 2, t = theta + 3;
        Fq2Lanes* c = theta + 4, d = theta + 5, e = theta + 6, g = theta + 7, h = theta + 8;
        Fq2Lanes* x = &pair->_t.X, y = &pair->_t.Y, z = &pair->_t.Z;
        Fq2Lanes.Multiply(theta, &pair->_q.Y, z);
        Fq2Lanes.Subtract(theta, y, theta);
        Fq2Lanes.Tighten(theta, theta);
        Fq2Lanes.Multiply(lambda, &pair->_q.X, z);
        Fq2Lanes.Subtract(lambda, x, lambda);
        Fq2Lanes.Tighten(lambda, lambda);

        Fq2Lanes.Multiply(j, theta, &pair->_q.X);
        Fq2Lanes.Multiply(t, lambda, &pair->_q.Y);
        Fq2Lanes.Subtract(j, j, t);
        Fq2Lanes.Tighten(j, j);

        Fq2Lanes.Square(c, theta);
        Fq2Lanes.Square(d, lambda);
        Fq2Lanes.Multiply(e, lambda, d);
        Fq2Lanes.Multiply(c, z, c);
        Fq2Lanes.Multiply(g, x, d);
        Fq2Lanes.Add(h, e, c);
        Fq2Lanes.Subtract(h, h, g);
        Fq2Lanes.Subtract(h, h, g);
        Fq2Lanes.Tighten(h, h);
        Fq2Lanes.Multiply(x, lambda, h);
        Fq2Lanes.Subtract(g, g, h);
        Fq2Lanes.Multiply(g, theta, g);
        Fq2Lanes.Multiply(t, e, y);
        Fq2Lanes.Subtract(y, g, t);
        Fq2Lanes.Tighten(y, y);
        Fq2Lanes.Multiply(z, z, e);

        Fq2Lanes.Negate(theta, theta);
        Fq2Lanes.MultiplyByFq(theta, theta, &pair->_p.X);
        Fq2Lanes.MultiplyByFq(lambda, lambda, &pair->_p.Y);
        Fq12Lanes.MultiplyByLine(f, f, j, theta, lambda);
    }
}
