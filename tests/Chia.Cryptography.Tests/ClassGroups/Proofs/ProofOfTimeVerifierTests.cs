using System.Numerics;
using System.Text.Json;
using Chia.Cryptography.ClassGroups;
using Chia.Cryptography.ClassGroups.Limbs;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Cryptography.Tests.ClassGroups;

public class ProofOfTimeVerifierTests
{
    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Every_vector_gets_the_strict_verdict(string backend)
    {
        var (valid, invalid) = (0, 0);
        foreach (var vector in VdfVectors.List("proofs"))
        {
            var verdict = ProofOfTimeVerifier.Verify(vector.Proof(), vector.GetProperty("bits").GetInt32(), 1, Backends.Parse(backend));
            var strict = vector.GetProperty("strict").GetBoolean();
            Assert.True((verdict == ProofOfTimeVerdict.Valid) == strict, $"{vector.Text("name")}: {verdict}");
            _ = strict ? valid++ : invalid++;
        }

        Assert.Equal((VdfVectors.List("proofs").Count(v => v.GetProperty("strict").GetBoolean()), 172), (valid, valid + invalid));
    }

    [Theory]
    [InlineData("256-T+1", ProofOfTimeVerdict.WrongProof)]
    [InlineData("256-T=0", ProofOfTimeVerdict.BadSegmentLength)]
    [InlineData("tinyT-0-2", ProofOfTimeVerdict.BadSegmentLength)]
    [InlineData("256-y-a-zero", ProofOfTimeVerdict.BadOutput)]
    [InlineData("256-y-negated-form", ProofOfTimeVerdict.BadOutput)]
    [InlineData("256-y-wrong-discriminant", ProofOfTimeVerdict.BadOutput)]
    [InlineData("256-pi-last-wrong-disc", ProofOfTimeVerdict.BadWitnessElement)]
    [InlineData("256-pi-last-zero", ProofOfTimeVerdict.BadWitnessElement)]
    [InlineData("1024-forged-foreign-discriminant", ProofOfTimeVerdict.BadWitnessElement)]
    [InlineData("256-trailing-9", ProofOfTimeVerdict.BadWitnessLength)]
    [InlineData("256-empty-witness-type0", ProofOfTimeVerdict.BadWitnessLength)]
    [InlineData("256-witness-type-255", ProofOfTimeVerdict.BadWitnessLength)]
    public void Reasons_are_told_apart(string name, ProofOfTimeVerdict expected)
    {
        var vector = VdfVectors.List("proofs").Single(v => v.Text("name") == name);
        Assert.Equal(expected, ProofOfTimeVerifier.Verify(vector.Proof(), vector.GetProperty("bits").GetInt32()));
    }

    [Fact]
    public void The_encoding_of_an_honest_proof_is_told_without_its_discriminant() =>
        Assert.All(VdfVectors.OfChain("real300").Skip(1), proof => Assert.True(ProofOfTimeVerifier.IsCertainlyReduced(proof, 1024)));

    [Fact]
    public void What_is_told_to_be_reduced_without_the_discriminant_is_not_too_large_for_it()
    {
        var certain = 0;
        foreach (var vector in VdfVectors.List("proofs"))
        {
            var (proof, bits) = (vector.Proof(), vector.GetProperty("bits").GetInt32());
            if (ProofOfTimeVerifier.CheckShape(proof, bits) != ProofOfTimeVerdict.Valid
                || !ProofOfTimeVerifier.IsCertainlyReduced(proof, bits))
            {
                continue;
            }

            certain++;
            var discriminant = Discriminant.Create(proof.ChallengeHash.Span, bits);
            var witness = Witness.Parse(proof.Witness.Span, proof.WitnessType, Witness.CoefficientSize(bits))!;
            Assert.All(witness.Elements, e => Assert.True(4 * e.A * e.A < (e.B * e.B) - discriminant, vector.Text("name")));
        }

        Assert.NotEqual(0, certain);
    }

    [Fact]
    public void The_shape_refuses_nothing_that_is_valid_and_is_part_of_the_verdict()
    {
        var refused = 0;
        foreach (var vector in VdfVectors.List("proofs"))
        {
            var (proof, bits) = (vector.Proof(), vector.GetProperty("bits").GetInt32());
            var shape = ProofOfTimeVerifier.CheckShape(proof, bits);
            var verdict = ProofOfTimeVerifier.Verify(proof, Discriminant.Create(proof.ChallengeHash.Span, bits));
            Assert.Equal(verdict, ProofOfTimeVerifier.Verify(proof, bits));
            if (shape == ProofOfTimeVerdict.Valid)
                continue;
            Assert.Equal(shape, verdict);
            Assert.False(vector.GetProperty("strict").GetBoolean(), vector.Text("name"));
            refused++;
        }

        // Enough of every kind to have meant something.
        Assert.InRange(refused, 20, 171);
    }

    [Theory]
    [InlineData("256-T=0", ProofOfTimeVerdict.BadSegmentLength)]
    [InlineData("tinyT-0-2", ProofOfTimeVerdict.BadSegmentLength)]
    [InlineData("256-y-a-zero", ProofOfTimeVerdict.BadOutput)]
    [InlineData("256-pi-last-zero", ProofOfTimeVerdict.BadWitnessElement)]
    [InlineData("256-trailing-9", ProofOfTimeVerdict.BadWitnessLength)]
    [InlineData("256-witness-type-255", ProofOfTimeVerdict.BadWitnessLength)]
    [InlineData("256-T+1", ProofOfTimeVerdict.Valid)]
    [InlineData("256-pi-last-wrong-disc", ProofOfTimeVerdict.Valid)]
    public void The_shape_is_judged_without_the_discriminant(string name, ProofOfTimeVerdict expected)
    {
        var vector = VdfVectors.List("proofs").Single(v => v.Text("name") == name);
        Assert.Equal(expected, ProofOfTimeVerifier.CheckShape(vector.Proof(), vector.GetProperty("bits").GetInt32()));
    }

    [Fact]
    public void Either_witness_length_is_let_through_where_a_discriminant_may_be_longer()
    {
        // 31 bits take two bytes a coefficient, 32 take three; every element here is the identity.
        var one = ByteString.Adopt([.. new byte[ClassgroupElement.NumberSize - 1], 1]);
        var proof = new ProofOfTime(default, 10, new ClassgroupElement(one, one), 1, default);
        byte[] two = [0, 1, 0, 1, .. new byte[8], 0, 1, 0, 1, 0, 1, 0, 1];
        byte[] three = [0, 0, 1, 0, 0, 1, .. new byte[8], 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1];
        foreach (var witness in new[] { two, three })
        {
            Assert.Equal(ProofOfTimeVerdict.Valid, Shape(witness));
            Assert.Equal(ProofOfTimeVerdict.BadWitnessLength, Shape([.. witness, 0]));
            Assert.Equal(ProofOfTimeVerdict.BadWitnessLength, Shape(witness[..^1]));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => ProofOfTimeVerifier.CheckShape(proof, Discriminant.MinimumBits - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProofOfTimeVerifier.CheckShape(proof, Discriminant.MaximumBits + 1));

        ProofOfTimeVerdict Shape(byte[] witness) => ProofOfTimeVerifier.CheckShape(proof with { Witness = ByteString.Adopt(witness) }, 31);
    }

    [Fact]
    public void What_is_no_possible_form_is_none_of_any_discriminant()
    {
        var discriminants = Enumerable.Range(0, 8).Select(i => Discriminant.Create([(byte)i], 16)).ToArray();
        var forms = 0;
        for (var a = -20; a <= 60; a++)
        {
            for (var b = -60; b <= 60; b++)
            {
                var isForm = discriminants.Any(d => QuadraticForm.Create(a, b, d) is not null);
                Assert.True(QuadraticForm.IsPossible(a, b) || !isForm, $"({a}, {b})");
                forms += isForm ? 1 : 0;
            }
        }

        Assert.InRange(forms, 100, 4000);
    }

    [Fact]
    public void A_class_has_one_form_that_is_taken()
    {
        // Every form of these discriminants with small coefficients: taken if and only if reduction leaves it as it is.
        var taken = 0;
        foreach (var d in Enumerable.Range(0, 8).Select(i => Discriminant.Create([(byte)i], 16)))
        {
            for (BigInteger a = 1; a <= 200; a++)
            {
                for (BigInteger b = -401; b <= 401; b++)
                {
                    var c = BigInteger.DivRem((b * b) - d, 4 * a, out var remainder);
                    var reduced = remainder.IsZero ? new QuadraticForm(a, b, c).Reduce() : default;
                    var expected = remainder.IsZero && reduced.A == a && reduced.B == b;
                    Assert.Equal(expected, QuadraticForm.Create(a, b, d) is not null);
                    taken += expected ? 1 : 0;
                }
            }
        }

        Assert.InRange(taken, 400, 4000);
    }

    /// <summary>What is done in the attack of VDF.md 8.1: b of the output moved by 2a, which leaves the class and changes the
    /// bytes.</summary>
    [Theory]
    [InlineData("small40")]
    [InlineData("real300")]
    public void An_output_or_element_in_another_spelling_is_refused(string chain)
    {
        var bits = Bits(chain);
        var proof = VdfVectors.OfChain(chain)[1];
        var discriminant = Discriminant.Create(proof.ChallengeHash.Span, bits);
        Assert.Equal(ProofOfTimeVerdict.Valid, ProofOfTimeVerifier.Verify(proof, discriminant));
        var (a, b) = (Witness.ReadSigned(proof.Output.A.Span), Witness.ReadSigned(proof.Output.B.Span));
        foreach (var k in new[] { -2, -1, 1, 2 })
            Assert.Equal(
                ProofOfTimeVerdict.BadOutput,
                ProofOfTimeVerifier.Verify(proof with { Output = Element(a, b + (2 * k * a)) }, discriminant));
        var c = ((b * b) - discriminant) / (4 * a);
        Assert.Equal(ProofOfTimeVerdict.BadOutput, ProofOfTimeVerifier.Verify(proof with { Output = Element(c, -b) }, discriminant));

        var size = Witness.CoefficientSize(discriminant);
        var witness = proof.Witness.Span.ToArray();
        (a, b) = (Witness.ReadSigned(witness.AsSpan(0, size)), Witness.ReadSigned(witness.AsSpan(size, size)));
        QuadraticForm.Write(b - (2 * a), witness.AsSpan(size, size));
        Assert.Equal(
            ProofOfTimeVerdict.BadWitnessElement,
            ProofOfTimeVerifier.Verify(proof with { Witness = ByteString.Adopt(witness) }, discriminant));
    }

    /// <summary>No iterations: y = x and π = 1, and nothing else (VDF.md 6), in a witness of one segment and as the last of two, where
    /// a prover may well leave none.</summary>
    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void A_segment_without_iterations_has_one_end_and_one_proof(string backend)
    {
        const int bits = 256;
        var honest = VdfVectors.List("proofs").Single(v => v.Text("name") == "honest-256-wt0-T1000").Proof();
        var discriminant = Discriminant.Create(honest.ChallengeHash.Span, bits);
        var size = Witness.CoefficientSize(discriminant);
        var identity = QuadraticForm.Create(1, 1, discriminant)!.Value;
        var generator = QuadraticForm.Generator(discriminant);
        var inverse = QuadraticForm.Create(2, -1, discriminant)!.Value;
        var power = QuadraticForm.Create(
            Witness.ReadSigned(honest.Output.A.Span), Witness.ReadSigned(honest.Output.B.Span), discriminant)!.Value;

        Assert.Equal(ProofOfTimeVerdict.Valid, Alone(generator, identity));
        Assert.Equal(ProofOfTimeVerdict.WrongProof, Alone(generator, generator));
        Assert.Equal(ProofOfTimeVerdict.WrongProof, Alone(generator, power));
        Assert.Equal(ProofOfTimeVerdict.WrongProof, Alone(identity, identity));
        Assert.Equal(ProofOfTimeVerdict.WrongProof, Alone(inverse, identity));

        Assert.Equal(ProofOfTimeVerdict.Valid, AsTheLast(power, identity));
        Assert.Equal(ProofOfTimeVerdict.WrongProof, AsTheLast(power, generator));
        Assert.Equal(ProofOfTimeVerdict.WrongProof, AsTheLast(power, power));
        Assert.Equal(ProofOfTimeVerdict.WrongProof, AsTheLast(generator, identity));
        Assert.Equal(ProofOfTimeVerdict.WrongProof, AsTheLast(identity, identity));

        ProofOfTimeVerdict Alone(QuadraticForm output, QuadraticForm proof) =>
            Judge(honest with { NumberOfIterations = 0, Output = Element(output.A, output.B), Witness = ByteString.Adopt(Bytes(proof)) });

        ProofOfTimeVerdict AsTheLast(QuadraticForm output, QuadraticForm proof) => Judge(
            honest with
            {
                Output = Element(output.A, output.B),
                WitnessType = 1,
                Witness = ByteString.Adopt([.. Bytes(proof), 0, 0, 0, 0, 0, 0, 0x03, 0xe8, .. Bytes(power), .. honest.Witness.Span]),
            });

        ProofOfTimeVerdict Judge(ProofOfTime proof) => ProofOfTimeVerifier.Verify(proof, bits, 1, Backends.Parse(backend));

        byte[] Bytes(QuadraticForm form)
        {
            var bytes = new byte[2 * size];
            form.Serialize(bytes, size);
            return bytes;
        }
    }

    [Fact]
    public void Several_threads_come_to_the_same_verdict()
    {
        foreach (var vector in VdfVectors.List("proofs").Where(v => v.GetProperty("bits").GetInt32() <= 256))
        {
            var verdict = ProofOfTimeVerifier.Verify(vector.Proof(), vector.GetProperty("bits").GetInt32(), parallelism: 3);
            Assert.Equal(vector.GetProperty("strict").GetBoolean(), verdict == ProofOfTimeVerdict.Valid);
        }
    }

    [Fact]
    public void A_witness_with_any_byte_changed_is_invalid()
    {
        var vector = VdfVectors.List("proofs").Single(v => v.Text("name") == "honest-256-wt2-T1000");
        var proof = vector.Proof();
        var discriminant = Discriminant.Create(proof.ChallengeHash.Span, 256);
        Assert.Equal(ProofOfTimeVerdict.Valid, ProofOfTimeVerifier.Verify(proof, discriminant));
        for (var i = 0; i < proof.Witness.Length; i++)
        {
            var changed = proof.Witness.Span.ToArray();
            changed[i] ^= (byte)(1 << (i % 8));
            Assert.NotEqual(
                ProofOfTimeVerdict.Valid,
                ProofOfTimeVerifier.Verify(proof with { Witness = ByteString.Adopt(changed) }, discriminant));
        }
    }

    [Theory]
    [InlineData("small40", "blocks.bin", 16, 1)]
    [InlineData("small40", "fork.bin", 16, 1)]
    [InlineData("fast1024", "blocks.bin", 1024, 1)]
    [InlineData("real300", "blocks.bin", 1024, 30)]
    [InlineData("real40bt", "blocks.bin", 1024, 8)]
    [InlineData("long1500", "blocks.bin", 1024, 150)]
    public void The_chains_proofs_are_valid(string chain, string file, int bits, int every)
    {
        Assert.Equal(bits, Bits(chain));
        var proofs = VdfVectors.OfChain(chain, file);
        for (var i = 0; i < proofs.Count; i += every)
            Assert.Equal(ProofOfTimeVerdict.Valid, ProofOfTimeVerifier.Verify(proofs[i], bits));
    }

    [Fact]
    public void The_chains_proofs_are_valid_without_the_native_library()
    {
        foreach (var (chain, take) in new[] { ("small40", 40), ("fast1024", 3), ("real300", 3) })
        {
            foreach (var proof in VdfVectors.OfChain(chain).Take(take))
                Assert.Equal(ProofOfTimeVerdict.Valid, ProofOfTimeVerifier.Verify(proof, Bits(chain), 1, LimbBackend.Managed));
        }
    }

    [Fact]
    public void A_proof_for_another_challenge_or_other_iterations_is_invalid()
    {
        var proofs = VdfVectors.OfChain("small40");
        for (var i = 1; i < proofs.Count; i++)
        {
            ProofOfTime proof = proofs[i];
            Assert.NotEqual(
                ProofOfTimeVerdict.Valid, ProofOfTimeVerifier.Verify(proof with { ChallengeHash = proofs[i - 1].ChallengeHash }, 16));
            Assert.NotEqual(
                ProofOfTimeVerdict.Valid,
                ProofOfTimeVerifier.Verify(proof with { NumberOfIterations = proof.NumberOfIterations + 1 }, 16));
        }
    }

    private static ClassgroupElement Element(BigInteger a, BigInteger b)
    {
        var (first, second) = (new byte[ClassgroupElement.NumberSize], new byte[ClassgroupElement.NumberSize]);
        QuadraticForm.Write(a, first);
        QuadraticForm.Write(b, second);
        return new ClassgroupElement(ByteString.Adopt(first), ByteString.Adopt(second));
    }

    private static int Bits(string chain)
    {
        using JsonDocument index = Vectors.Json("chains", chain, "index.json");
        return index.RootElement.GetProperty("discriminant_size_bits").GetInt32();
    }
}
