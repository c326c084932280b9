using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// The Miller loop of the two pairs of a single verification, whose products in Fq2 lie beside each other in lanes: the upper four lanes
/// do for one pair what the lower four do for the other, by the formulas of <see cref="MillerPair"/>. A doubling of both takes three
/// products in lanes, the square and the two lines one sum each (<see cref="Fq12Across"/>).
/// </summary>
internal unsafe struct MillerAcross
{
    /// <summary>Pairs.</summary>
    public const int Pairs = 2;

    private const int LanesOfPair = FqLanes.Lanes / Pairs;
    private const int Length = 2 * FqLanes.Length;

    // The running point's X, Y, Z, and 3·x_P·X: what the next tangent needs, made while the last one was.
    private Fq2Lanes _point;
    private Fq2Lanes _q;
    private Fq2Lanes _forTangent;
    private Fq2Lanes _forChord;
    private Fq2Lanes _forChordsEnd;
    private Fq2Lanes _line;

    /// <summary>f = the value of the loop for these two pairs, in lanes; their running points are those they were started with.</summary>
    [SkipLocalsInit]
    public static void Loop(Fq2Lanes* f, in MillerPair first, in MillerPair second)
    {
        var memory = stackalloc byte[sizeof(MillerAcross) + FqLanes.Alignment];
        var pairs = (MillerAcross*)FqLanes.Align(memory);
        Start(pairs, in first, in second);
        Fq12Across.SetOne(f);
        for (var bit = 62; bit >= 0; bit--)
        {
            if (bit != 62)
                Fq12Across.Square(f, f);
            Double(pairs);
            MultiplyByLines(f, pairs);
            if (((CurveParameter.Magnitude >> bit) & 1) == 0)
                continue;
            Add(pairs);
            MultiplyByLines(f, pairs);
        }

        // The parameter is negative.
        Fq12Across.Conjugate(f, f);
    }

    private static void MultiplyByLines(Fq2Lanes* f, MillerAcross* pairs)
    {
        Fq12Across.MultiplyByLine(f, f, &pairs->_line, 0);
        Fq12Across.MultiplyByLine(f, f, &pairs->_line, LanesOfPair);
    }

    [SkipLocalsInit]
    private static void Start(MillerAcross* pairs, in MillerPair first, in MillerPair second)
    {
        var memory = stackalloc byte[(3 * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* p = (Fq2Lanes*)FqLanes.Align(memory), x = p + 1, product = p + 2;
        Put(&pairs->_point, p, in first, 0);
        Put(&pairs->_point, p, in second, LanesOfPair);
        Fq2Lanes.MultiplyByFq(&pairs->_point, &pairs->_point, LaneConstants.FromScalar);
        Fq2Lanes.MultiplyByFq(p, p, LaneConstants.FromScalar);
        for (var i = 0; i < Length; i += FqLanes.Lanes)
        {
            Vector512<double> q = Load(&pairs->_point, i), xy = Load(p, i);
            Store(x, i, Permute(q, Both(0, 0, 0, 0)));
            Store(product, i, Permute(xy, Both(0, 0, 0, 0)) * Both(0.0, 0, 0, 3));
            Store(&pairs->_q, i, Permute(q, Both(1, 0, 1, 0)));
            Store(&pairs->_forTangent, i, Permute(xy, Both(2, 1, 0, 2)) * Both(0.0, -2, 3, 0));
            Store(&pairs->_forChord, i, Permute(xy, Both(2, 2, 2, 0)) * Both(0.0, 0, 0, -1));
            Store(&pairs->_forChordsEnd, i, Permute(xy, Both(1, 0, 2, 2)) * Both(1.0, 3, 0, 0));
        }

        Fq2Lanes.Multiply(product, product, x);
        Fq2Lanes.Add(&pairs->_point, &pairs->_point, product);
    }

    private static void Put(Fq2Lanes* q, Fq2Lanes* p, in MillerPair pair, int lane)
    {
        var affine = pair.Q;
        Fq12Across.PutScalar(q, lane, in affine.X);
        Fq12Across.PutScalar(q, lane + 1, in affine.Y);
        Fq12Across.PutScalar(q, lane + 2, in Fq2.One);
        Fq12Across.PutScalar(q, lane + 3, default);
        Fq12Across.PutScalar(p, lane, new Fq2 { C0 = pair.P.X });
        Fq12Across.PutScalar(p, lane + 1, new Fq2 { C0 = pair.P.Y });
        Fq12Across.PutScalar(p, lane + 2, default);
        Fq12Across.PutScalar(p, lane + 3, default);
    }

    // The line is the tangent at T, at P; T = 2T.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Double(MillerAcross* pairs)
    {
        var memory = stackalloc byte[(5 * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* products = (Fq2Lanes*)FqLanes.Align(memory), e = products + 1, next = products + 2;
        Fq2Lanes* left = products + 3, right = products + 4;
        var point = &pairs->_point;

        // a = XY, b = Y², c = Z², YZ.
        for (var i = 0; i < Length; i += FqLanes.Lanes)
        {
            var t = Load(point, i);
            Store(left, i, Permute(t, Both(0, 1, 2, 1)));
            Store(right, i, Permute(t, Both(1, 1, 2, 2)));
        }

        Fq2Lanes.Multiply(products, left, right);

        // e = 3·(4 + 4u)·c in all lanes.
        for (var i = 0; i < FqLanes.Length; i += FqLanes.Lanes)
        {
            var real = Permute(Load(products, i), Both(2, 2, 2, 2));
            var imaginary = Permute(Load(products, FqLanes.Length + i), Both(2, 2, 2, 2));
            Store(e, i, (real - imaginary) * Vector512.Create(12.0));
            Store(e, FqLanes.Length + i, (real + imaginary) * Vector512.Create(12.0));
        }

        Fq2Lanes.Tighten(e, e);

        // X = a·2(b - 3e); (b + 3e)² and e² for Y; Z = b·8YZ.
        for (var i = 0; i < Length; i += FqLanes.Lanes)
        {
            Vector512<double> product = Load(products, i), three = Load(e, i);
            Store(left, i, Fma(Permute(product, Both(0, 1, 1, 1)), Both(1.0, 1, 0, 1), three * Both(0.0, 3, 1, 0)));
            Store(right, i, Fma(Permute(product, Both(1, 1, 1, 3)), Both(2.0, 1, 0, 8), three * Both(-6.0, 3, 1, 0)));
        }

        Fq2Lanes.Tighten(left, left);
        Fq2Lanes.Tighten(right, right);
        Fq2Lanes.Multiply(next, left, right);

        // 3x_P·X², YZ·(-2y_P), and 3x_P·X of the new X.
        for (var i = 0; i < Length; i += FqLanes.Lanes)
        {
            Vector512<double> t = Load(point, i), product = Load(products, i), doubled = Load(next, i);
            var factor = Avx512F.PermuteVar8x64x2(t, Both(0, 11, 1, 1), product);
            Store(left, i, Fma(Permute(doubled, Both(0, 0, 0, 0)), Both(0.0, 0, 1, 0), factor * Both(1.0, 1, 0, 0)));
            Store(right, i, Fma(Permute(t, Both(3, 3, 3, 3)), Both(1.0, 0, 0, 0), Load(&pairs->_forTangent, i)));
        }

        Fq2Lanes.Multiply(left, left, right);

        // Y = (b + 3e)² - 12e²; the line: (e - b) + 3x_P·X²·w² - 2y_P·YZ·w³.
        for (var i = 0; i < Length; i += FqLanes.Lanes)
        {
            Vector512<double> product = Load(products, i), doubled = Load(next, i), last = Load(left, i);
            var t = Permute(doubled, Both(0, 1, 3, 3)) * Both(1.0, 1, 1, 0);
            t = Fma(Permute(doubled, Both(2, 2, 2, 2)), Both(0.0, -12, 0, 0), t);
            Store(point, i, Fma(Permute(last, Both(2, 2, 2, 2)), Both(0.0, 0, 0, 1), t));
            var constant = (Load(e, i) - Permute(product, Both(1, 1, 1, 1))) * Both(1.0, 0, 0, 0);
            Store(&pairs->_line, i, Fma(Permute(last, Both(0, 0, 1, 1)), Both(0.0, 1, 1, 0), constant));
        }

        Fq2Lanes.Tighten(point, point);
    }

    // The line is the one through T and Q, at P; T = T + Q.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(MillerAcross* pairs)
    {
        var memory = stackalloc byte[(7 * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* slope = (Fq2Lanes*)FqLanes.Align(memory), squares = slope + 1, cubes = slope + 2, h = slope + 3;
        Fq2Lanes* left = slope + 4, right = slope + 5, next = slope + 6;
        var point = &pairs->_point;

        // θ = Y - y_Q·Z and λ = X - x_Q·Z, twice.
        for (var i = 0; i < Length; i += FqLanes.Lanes)
            Store(right, i, Permute(Load(point, i), Both(2, 2, 2, 2)));
        Fq2Lanes.Multiply(left, &pairs->_q, right);
        for (var i = 0; i < Length; i += FqLanes.Lanes)
            Store(slope, i, Permute(Load(point, i), Both(1, 0, 1, 0)) - Load(left, i));
        Fq2Lanes.Tighten(slope, slope);

        // θ·x_Q, λ·y_Q, c = θ², d = λ².
        for (var i = 0; i < Length; i += FqLanes.Lanes)
            Store(right, i, Avx512F.PermuteVar8x64x2(Load(&pairs->_q, i), Both(1, 0, 10, 11), Load(slope, i)));
        Fq2Lanes.Multiply(squares, slope, right);

        // e = λ·d, Z·c, g = X·d, -θ·x_P.
        for (var i = 0; i < Length; i += FqLanes.Lanes)
        {
            Store(left, i, Avx512F.PermuteVar8x64x2(Load(slope, i), Both(1, 10, 8, 0), Load(point, i)));
            Store(right, i, Fma(Permute(Load(squares, i), Both(3, 2, 3, 3)), Both(1.0, 1, 1, 0), Load(&pairs->_forChord, i)));
        }

        Fq2Lanes.Multiply(cubes, left, right);

        // h = e + Z·c - 2g in all lanes.
        for (var i = 0; i < Length; i += FqLanes.Lanes)
        {
            var cube = Load(cubes, i);
            var sum = Permute(cube, Both(0, 0, 0, 0)) + Permute(cube, Both(1, 1, 1, 1));
            Store(h, i, Fma(Permute(cube, Both(2, 2, 2, 2)), Vector512.Create(-2.0), sum));
        }

        Fq2Lanes.Tighten(h, h);

        // X = λ·h, θ·(g - h), e·Y, Z = Z·e.
        for (var i = 0; i < Length; i += FqLanes.Lanes)
        {
            Vector512<double> t = Load(point, i), cube = Load(cubes, i);
            var factor = Avx512F.PermuteVar8x64x2(Load(slope, i), Both(1, 0, 8, 8), cube) * Both(1.0, 1, 1, 0);
            Store(left, i, Fma(Permute(t, Both(2, 2, 2, 2)), Both(0.0, 0, 0, 1), factor));
            factor = Fma(Permute(cube, Both(2, 2, 2, 0)), Both(0.0, 1, 0, 1), Load(h, i) * Both(1.0, -1, 0, 0));
            Store(right, i, Fma(Permute(t, Both(1, 1, 1, 1)), Both(0.0, 0, 1, 0), factor));
        }

        Fq2Lanes.Multiply(next, left, right);

        // λ·y_P, and 3x_P·X of the new X.
        for (var i = 0; i < Length; i += FqLanes.Lanes)
            Store(left, i, Avx512F.PermuteVar8x64x2(Load(slope, i), Both(1, 8, 1, 1), Load(next, i)));
        Fq2Lanes.Multiply(left, left, &pairs->_forChordsEnd);

        // Y = θ·(g - h) - e·Y; the line: (θ·x_Q - λ·y_Q) - θ·x_P·w² + λ·y_P·w³.
        for (var i = 0; i < Length; i += FqLanes.Lanes)
        {
            Vector512<double> added = Load(next, i), last = Load(left, i), square = Load(squares, i);
            var t = Permute(added, Both(0, 1, 3, 3)) * Both(1.0, 1, 1, 0);
            t = Fma(Permute(added, Both(2, 2, 2, 2)), Both(0.0, -1, 0, 0), t);
            Store(point, i, Fma(Permute(last, Both(1, 1, 1, 1)), Both(0.0, 0, 0, 1), t));
            var line = (Permute(square, Both(0, 0, 0, 0)) - Permute(square, Both(1, 1, 1, 1))) * Both(1.0, 0, 0, 0);
            line = Fma(Permute(Load(cubes, i), Both(3, 3, 3, 3)), Both(0.0, 1, 0, 0), line);
            Store(&pairs->_line, i, Fma(Permute(last, Both(0, 0, 0, 0)), Both(0.0, 0, 1, 0), line));
        }

        Fq2Lanes.Tighten(point, point);
    }

    /// <summary>These lanes of either pair; 8 more for a second operand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Both(long first, long second, long third, long fourth) => Vector512.Create(
        first, second, third, fourth, first + LanesOfPair, second + LanesOfPair, third + LanesOfPair, fourth + LanesOfPair);

    /// <summary>These factors for either pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Both(double first, double second, double third, double fourth) =>
        Vector512.Create(first, second, third, fourth, first, second, third, fourth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Permute(Vector512<double> x, Vector512<long> order) => Avx512F.PermuteVar8x64(x, order);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Fma(Vector512<double> x, Vector512<double> y, Vector512<double> z) =>
        Vector512.FusedMultiplyAdd(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(Fq2Lanes* x, int offset) => Vector512.LoadAligned((double*)x + offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Fq2Lanes* r, int offset, Vector512<double> value) => value.StoreAligned((double*)r + offset);
}
