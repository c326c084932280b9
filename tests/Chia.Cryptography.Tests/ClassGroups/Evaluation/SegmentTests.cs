using System.Numerics;
using Chia.Cryptography.ClassGroups;
using Chia.Cryptography.ClassGroups.Evaluation;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.Tests.ClassGroups;

public class SegmentTests
{
    [Fact]
    public void Parameters_of_the_balanced_rule_are_the_references()
    {
        var (compared, undefined) = (0, 0);
        foreach (var vector in VdfVectors.List("approximate_parameters"))
        {
            var iterations = vector.GetProperty("T").ValueKind == System.Text.Json.JsonValueKind.String
                ? ulong.Parse(vector.Text("T"), System.Globalization.CultureInfo.InvariantCulture)
                : vector.GetProperty("T").GetUInt64();
            if (vector.TryGetProperty("error", out _))
            {
                Assert.Throws<ArgumentOutOfRangeException>(() => ProverParameters.For(iterations));
                undefined++;
                continue;
            }

            var parameters = ProverParameters.For(iterations);
            Assert.Equal(
                (vector.GetProperty("L").GetInt32(), vector.GetProperty("k").GetInt32(), vector.GetProperty("w").GetInt64()),
                (parameters.Spacing, parameters.DigitBits, parameters.Ratio));
            Assert.Equal(vector.GetProperty("first_segment").ToString(), parameters.FirstSegment(iterations).ToString());
            compared++;
        }

        Assert.Equal(75, compared + undefined);
        Assert.True(undefined < 5);
    }

    [Fact]
    public void The_genesis_block_follows_the_balanced_rule_and_timelords_the_other()
    {
        Assert.Equal([129456UL, 17261, 3237, 1079], SegmentPlan.Lengths(151033, 3, SegmentRule.Balanced));
        foreach (var proof in VdfVectors.OfChain("real300").Skip(1))
        {
            var size = (proof.Witness.Length - 130) / proof.WitnessType;
            var counts = Enumerable.Range(0, proof.WitnessType)
                .Select(i => System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(proof.Witness.Span[(130 + (i * size))..]))
                .Reverse();
            var planned = SegmentPlan.Lengths(proof.NumberOfIterations, proof.WitnessType, SegmentRule.TwoThirds);
            Assert.Equal(counts, planned[..^1]);
            Assert.Equal(proof.NumberOfIterations, planned.Aggregate(0UL, (sum, length) => sum + length));
        }
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Proofs_from_checkpoints_equal_direct_powers(string backend)
    {
        if (Backends.Parse(backend) == LimbBackend.Gmp)
            AgainstDirectPowers<GmpLimbs>();
        else
            AgainstDirectPowers<ManagedLimbs>();
    }

    private static void AgainstDirectPowers<T>()
        where T : struct, ILimbArithmetic
    {
        const int Longest = 700;
        var random = new Random(4);
        foreach (var (bits, spacing) in new[] { (24, 1), (64, 7), (200, 10), (256, 12), (256, 60), (256, 160) })
        {
            var discriminant = Discriminant.Create([(byte)spacing], bits);
            var group = new ClassGroup<T>(discriminant);
            var store = new CheckpointStore(bits, spacing, (2 * Longest / spacing) + 1);
            var values = new List<QuadraticForm> { QuadraticForm.Generator(discriminant).Reduce() };
            for (var i = 0; i < 2 * Longest; i++)
                values.Add(PlainComposition.Square(values[^1]));
            for (var i = 0; i < values.Count; i += spacing)
                store.Append(group.NewForm(values[i]));
            var prover = new SegmentProver<T>(discriminant);
            for (var round = 0; round < 12; round++)
            {
                var from = random.Next(Longest);
                var iterations = round < 4 ? random.Next(2 * spacing) : random.Next(Longest);
                var segment = prover.Prove(store, (ulong)from, (ulong)iterations, TestContext.Current.CancellationToken);
                Assert.Equal((values[from], values[from + iterations]), (segment.Start, segment.End));
                var prime = SegmentCheck<T>.Challenge(segment.Start, segment.End, Witness.CoefficientSize(discriminant));
                var direct = PlainComposition.Power(segment.Start, BigInteger.Pow(2, iterations) / prime, discriminant);
                Assert.Equal(direct, segment.Proof);
            }
        }
    }
}
