using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// One pair (P, Q) on its way through the Miller loop: the running multiple T of Q in homogeneous coordinates (X/Z, Y/Z), and the
/// line through it, evaluated at P (BLS.md 8; formulas after Costello, Lange and Naehrig).
/// </summary>
internal struct MillerPair
{
    private G1Affine _p;
    private G2Affine _q;
    private Fq2 _x;
    private Fq2 _y;
    private Fq2 _z;

    /// <summary>The point of E.</summary>
    public readonly G1Affine P => _p;

    /// <summary>The point of E′.</summary>
    public readonly G2Affine Q => _q;

    /// <summary>Starts with T = Q. P may be any point of E; Q must have order n.</summary>
    public void Start(in G1Affine p, in G2Affine q)
    {
        _p = p;
        _q = q;
        _x = q.X;
        _y = q.Y;
        _z = Fq2.One;
    }

    /// <summary>f = f · (tangent at T, at P); T = 2T.</summary>
    [SkipLocalsInit]
    public void Double(ref Fq12 f)
    {
        // Four times the usual formulas, to spare the halvings.
        Fq2.Multiply(out var a, in _x, in _y);
        Fq2.Square(out var b, in _y);
        Fq2.Square(out var c, in _z);
        Fq2.Square(out var j, in _x);
        Fq2.AddLoose(out var h, in _y, in _z);
        Fq2.Square(out h, in h);
        Fq2.Subtract(out h, in h, in b);
        Fq2.Subtract(out h, in h, in c);

        // e = 3·(4 + 4u)·z².
        Fq2.MultiplyByTwelveXi(out var e, in c);
        Fq2.AddLoose(out var triple, in e, in e);
        Fq2.AddLoose(out triple, in triple, in e);

        Fq2.SubtractMultiple(out var t, in b, in e, 3);
        Fq2.AddLoose(out a, in a, in a);
        Fq2.Multiply(out _x, in a, in t);
        Fq2.AddLoose(out t, in b, in triple);
        Fq2.Square(out _y, in t);
        Fq2.Square(out t, in e);
        Fq2.SubtractMultiple(out _y, in _y, in t, 12);
        Fq2.AddLoose(out t, in h, in h);
        Fq2.AddLoose(out t, in t, in t);
        Fq2.Multiply(out _z, in b, in t);

        // The line: (e - y²) + 3x²·x_P·w² - 2yz·y_P·w³.
        Fq2.Subtract(out e, in e, in b);
        Fq2.AddLoose(out t, in j, in j);
        Fq2.AddLoose(out j, in j, in t);
        Fq2.MultiplyByFq(out j, in j, in _p.X);
        Fq2.Negate(out h, in h);
        Fq2.MultiplyByFq(out h, in h, in _p.Y);
        Fq12.MultiplyByLine(out f, in f, in e, in j, in h);
    }

    /// <summary>f = f · (line through T and Q, at P); T = T + Q.</summary>
    [SkipLocalsInit]
    public void Add(ref Fq12 f)
    {
        Fq2.Multiply(out var theta, in _q.Y, in _z);
        Fq2.Subtract(out theta, in _y, in theta);
        Fq2.Multiply(out var lambda, in _q.X, in _z);
        Fq2.Subtract(out lambda, in _x, in lambda);

        Fq2.Multiply(out var j, in theta, in _q.X);
        Fq2.Multiply(out var t, in lambda, in _q.Y);
        Fq2.Subtract(out j, in j, in t);

        Fq2.Square(out var c, in theta);
        Fq2.Square(out var d, in lambda);
        Fq2.Multiply(out var e, in lambda, in d);
        Fq2.Multiply(out c, in _z, in c);
        Fq2.Multiply(out var g, in _x, in d);
        Fq2.Add(out var h, in e, in c);
        Fq2.Subtract(out h, in h, in g);
        Fq2.Subtract(out h, in h, in g);
        Fq2.Multiply(out _x, in lambda, in h);
        Fq2.Subtract(out g, in g, in h);
        Fq2.Multiply(out g, in theta, in g);
        Fq2.Multiply(out t, in e, in _y);
        Fq2.Subtract(out _y, in g, in t);
        Fq2.Multiply(out _z, in _z, in e);

        Fq2.Negate(out theta, in theta);
        Fq2.MultiplyByFq(out theta, in theta, in _p.X);
        Fq2.MultiplyByFq(out lambda, in lambda, in _p.Y);
        Fq12.MultiplyByLine(out f, in f, in j, in theta, in lambda);
    }
}
