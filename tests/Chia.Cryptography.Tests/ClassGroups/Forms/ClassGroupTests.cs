using System.Numerics;
using Chia.Cryptography.ClassGroups;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.Tests.ClassGroups;

public class ClassGroupTests
{
    /// <summary>Lengths of discriminants that cross all limb counts in use, odd ones included.</summary>
    private static readonly int[] Sizes =
        [16, 17, 24, 40, 61, 64, 67, 127, 128, 129, 200, 256, 257, 384, 512, 640, 1000, 1024, 1100, 2048];

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Operations_are_the_references(string backend) =>
        Run(backend, Operations<ManagedLimbs>, Operations<GmpLimbs>);

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Fast_and_plain_composition_agree(string backend) =>
        Run(backend, AgainstPlain<ManagedLimbs>, AgainstPlain<GmpLimbs>);

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void All_products_in_small_groups_agree(string backend) =>
        Run(backend, SmallGroups<ManagedLimbs>, SmallGroups<GmpLimbs>);

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Distorted_forms_reduce_to_the_original(string backend) =>
        Run(backend, Distorted<ManagedLimbs>, Distorted<GmpLimbs>);

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Double_powers_agree_with_plain_ones(string backend) =>
        Run(backend, DoublePowers<ManagedLimbs>, DoublePowers<GmpLimbs>);

    [Fact]
    public void Plain_forms_reduce_and_serialize_as_the_references()
    {
        foreach (var vector in VdfVectors.List("class_group", "reduce"))
            Assert.Equal(vector.Form("reduced"), vector.Form("form").Reduce());
        foreach (var vector in VdfVectors.List("class_group", "serialize"))
        {
            var size = Witness.CoefficientSize(vector.Number("D"));
            var bytes = new byte[2 * size];
            vector.Form("f").Serialize(bytes, size);
            Assert.Equal(vector.Text("bytes"), Convert.ToHexStringLower(bytes));
        }
    }

    private static void Run(string backend, Action managed, Action gmp) =>
        (Backends.Parse(backend) == LimbBackend.Gmp ? gmp : managed)();

    private static void Operations<T>()
        where T : struct, ILimbArithmetic
    {
        foreach (var vector in VdfVectors.List("class_group", "multiply"))
        {
            var group = new ClassGroup<T>(vector.Number("D"));
            var result = group.NewForm(vector.Form("f"));
            group.Multiply(result, result, group.NewForm(vector.Form("g")));
            Assert.Equal(vector.Form("result"), result.ToQuadraticForm());
        }

        foreach (var vector in VdfVectors.List("class_group", "square"))
        {
            var group = new ClassGroup<T>(vector.Number("D"));
            var f = group.NewForm(vector.Form("f"));
            var result = group.NewForms(1)[0];
            group.Square(result, f);
            Assert.Equal(vector.Form("result"), result.ToQuadraticForm());
            group.Multiply(f, f, f);
            Assert.Equal(vector.Form("result"), f.ToQuadraticForm());
        }

        foreach (var vector in VdfVectors.List("class_group", "reduce"))
        {
            var group = new ClassGroup<T>(vector.Number("D"));
            var form = group.NewForm(vector.Form("form"));
            group.Reduce(form);
            Assert.Equal(vector.Form("reduced"), form.ToQuadraticForm());
        }

        foreach (var vector in VdfVectors.List("class_group", "inverse"))
        {
            var group = new ClassGroup<T>(vector.Number("D"));
            var form = group.NewForm(vector.Form("f"));
            form.B.Negative = !form.B.Negative;
            group.Reduce(form);
            Assert.Equal(vector.Form("reduced_inverse"), form.ToQuadraticForm());
            group.Multiply(form, form, group.NewForm(vector.Form("f")));
            Assert.Equal(PlainComposition.Identity(vector.Number("D")), form.ToQuadraticForm());
        }
    }

    private static void AgainstPlain<T>()
        where T : struct, ILimbArithmetic
    {
        foreach (var bits in Sizes)
        {
            var discriminant = Discriminant.Create([(byte)bits], bits);
            var group = new ClassGroup<T>(discriminant);
            var expected = QuadraticForm.Generator(discriminant).Reduce();
            var fast = group.NewForm(expected);
            var previous = PlainComposition.Identity(discriminant);
            for (var i = 0; i < 300; i++)
            {
                // A walk through all kinds of forms, from tiny to random: squares, products, and an inverse now and then.
                var next = i % 3 == 2 ? PlainComposition.Multiply(expected, previous) : PlainComposition.Square(expected);
                if (i % 3 == 2)
                    group.Multiply(fast, group.NewForm(previous), fast);
                else
                    group.Square(fast, fast);
                Assert.Equal(next, fast.ToQuadraticForm());
                previous = i % 4 == 0 ? new QuadraticForm(expected.A, -expected.B, expected.C).Reduce() : expected;
                expected = next;
            }
        }
    }

    private static void SmallGroups<T>()
        where T : struct, ILimbArithmetic
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var discriminant = Discriminant.Create([(byte)seed], 16 + (4 * seed));
            var group = new ClassGroup<T>(discriminant);
            var generator = QuadraticForm.Generator(discriminant).Reduce();
            var elements = new List<QuadraticForm> { PlainComposition.Identity(discriminant) };
            while (elements.Count < 60)
                elements.Add(PlainComposition.Multiply(elements[^1], generator));
            var result = group.NewForms(1)[0];
            foreach (var f in elements)
            {
                foreach (var g in elements)
                {
                    group.Multiply(result, group.NewForm(f), group.NewForm(g));
                    Assert.Equal(PlainComposition.Multiply(f, g), result.ToQuadraticForm());
                }
            }
        }
    }

    private static void Distorted<T>()
        where T : struct, ILimbArithmetic
    {
        var random = new Random(1);
        foreach (var bits in Sizes)
        {
            var discriminant = Discriminant.Create([(byte)bits, 1], bits);
            var group = new ClassGroup<T>(discriminant);
            var form = PlainComposition.Power(QuadraticForm.Generator(discriminant).Reduce(), random.NextInt64(), discriminant);
            for (var round = 0; round < 20; round++)
            {
                // Random translations and exchanges, growing each coefficient by at most 60 bits in all.
                var (a, b, c) = form;
                for (var i = 0; i < 3; i++)
                {
                    BigInteger r = random.Next(-500, 501);
                    (b, c) = (b + (2 * r * a), (a * r * r) + (b * r) + c);
                    (a, b, c) = (c, -b, a);
                }

                var distorted = group.NewForm(new QuadraticForm(a, b, c));
                group.Reduce(distorted);
                Assert.Equal(form, distorted.ToQuadraticForm());
                Assert.Equal(form, new QuadraticForm(a, b, c).Reduce());
            }
        }
    }

    private static void DoublePowers<T>()
        where T : struct, ILimbArithmetic
    {
        foreach (var vector in VdfVectors.List("class_group", "power"))
        {
            var exponent = vector.Number("e");
            var group = new ClassGroup<T>(vector.Number("D"));
            var form = group.NewForm(vector.Form("f"));
            var result = group.NewForms(1)[0];
            new FormPowers<T>(group).DoublePower(result, form, (UInt128)exponent, form, 0);
            Assert.Equal(vector.Form("result"), result.ToQuadraticForm());
        }

        UInt128[] exponents = [0, 1, 2, 7, 8, 9, 15, 0xAAAA_5555, UInt128.MaxValue, UInt128.MaxValue - 8, UInt128.One << 127];
        foreach (var bits in new[] { 24, 256 })
        {
            var discriminant = Discriminant.Create([7], bits);
            var group = new ClassGroup<T>(discriminant);
            var powers = new FormPowers<T>(group);
            var x = QuadraticForm.Generator(discriminant).Reduce();
            var y = PlainComposition.Power(x, 12345, discriminant);
            var result = group.NewForms(1)[0];
            foreach (var e in exponents)
            {
                foreach (var f in exponents)
                {
                    powers.DoublePower(result, group.NewForm(x), e, group.NewForm(y), f);
                    Assert.Equal(PlainComposition.Power(x, e + ((BigInteger)12345 * f), discriminant), result.ToQuadraticForm());
                }
            }
        }
    }
}
