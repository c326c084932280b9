using System.Text.Json;
using Chia.Cryptography.Plots;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Cryptography.Tests.Plots;

public class ProofOfSpaceVerifierTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void Proof_vectors(bool software)
    {
        var seen = 0;
        foreach (var vector in PlotVectors.Section("proofs"))
        {
            Assert.True(vector.GetProperty("valid").GetBoolean());
            var quality = Verify(vector, vector.Bytes("proof"), software, out var verdict);
            Assert.Equal(ProofOfSpaceVerdict.Valid, verdict);
            Assert.Equal(vector.Text("quality_string"), quality);
            Assert.Equal(
                vector.Bytes32("quality"), ProofOfSpaceVerifier.QualityOf(vector.Bytes32("challenge"), Convert.FromHexString(quality)));
            if (vector.TryGetProperty("plot_pubkey", out _))
            {
                var block = new ProofOfSpace(
                    vector.Bytes32("challenge"), Bytes48.FromHex(vector.Text("pool_pubkey")), Bytes48.FromHex(vector.Text("plot_pubkey")),
                    (byte)vector.Int("k"), ByteString.Adopt(vector.Bytes("proof")));
                Assert.Equal(vector.Bytes32("plot_id"), block.PlotId());
                Assert.True(ProofOfSpaceVerifier.TryGetQuality(block, out var fromBlock));
                Assert.Equal(vector.Bytes32("quality"), fromBlock);
            }

            seen++;
        }

        Assert.Equal(58, seen);
    }

    /// <summary>The reference's verdicts, except that a length is never taken modulo 65536 (DECISIONS 3).</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void Verdict_vectors(bool software)
    {
        var seen = 0;
        foreach (var vector in PlotVectors.Section("verdicts"))
        {
            var padded = vector.TryGetProperty("proof_prefix", out _);
            byte[] proof = padded
                ? [.. vector.Bytes("proof_prefix"), .. new byte[int.Parse(vector.GetProperty("proof_zero_padding").ToString())]]
                : vector.Bytes("proof");
            var quality = Verify(vector, proof, software, out var verdict);
            var expected = vector.GetProperty("reference_valid").GetBoolean() && !padded;
            Assert.True(expected == (verdict == ProofOfSpaceVerdict.Valid), vector.Text("name"));
            Assert.Equal(expected ? vector.Text("quality_string") : "", quality);
            Assert.Equal(proof.Length != 8 * vector.Int("k"), verdict == ProofOfSpaceVerdict.WrongLength);
            seen++;
        }

        Assert.Equal(57, seen);
    }

    [Theory, InlineData(-1), InlineData(0), InlineData(60), InlineData(124), InlineData(255)]
    public void Sizes_outside_the_range_are_rejected(int k)
    {
        Span<byte> quality = stackalloc byte[ProofOfSpaceVerifier.MaxQualityStringLength];
        var verdict = ProofOfSpaceVerifier.Verify(default, k, default, new byte[Math.Max(0, 8 * k)], quality, out var length);
        Assert.Equal(ProofOfSpaceVerdict.SizeOutOfRange, verdict);
        Assert.Equal(0, length);
    }

    [Fact]
    public void Every_allowed_size_is_judged_without_an_error()
    {
        var random = new Random(6);
        Span<byte> quality = stackalloc byte[ProofOfSpaceVerifier.MaxQualityStringLength];
        for (var k = PlotConstants.MinSize; k <= PlotConstants.MaxSize; k++)
        {
            var proof = new byte[8 * k];
            random.NextBytes(proof);
            Assert.Equal(ProofOfSpaceVerdict.ValuesDoNotMatch, ProofOfSpaceVerifier.Verify(default, k, default, proof, quality, out _));
        }
    }

    [Fact]
    public void A_changed_bit_anywhere_in_a_proof_is_noticed()
    {
        var vector = PlotVectors.Section("proofs").First();
        var proof = vector.Bytes("proof");
        for (var bit = 0; bit < 8 * proof.Length; bit++)
        {
            proof[bit / 8] ^= (byte)(0x80 >> (bit % 8));
            Verify(vector, proof, software: false, out var verdict);
            Assert.NotEqual(ProofOfSpaceVerdict.Valid, verdict);
            proof[bit / 8] ^= (byte)(0x80 >> (bit % 8));
        }
    }

    [Fact]
    public void Proof_vectors_satisfy_the_slow_twin()
    {
        foreach (var vector in PlotVectors.Section("proofs").DistinctBy(v => v.Int("k")))
        {
            var k = vector.Int("k");
            var proof = vector.Bytes("proof");
            var values = Enumerable.Range(0, 64).Select(i => (ulong)BitPacking.Read(proof, i * k, k)).ToArray();
            Assert.Equal(
                PlotFunctions.LeadingBits(vector.Bytes32("challenge"), k), new ReferenceFunctions(vector.Bytes32("plot_id"), k)
                .Evaluate(values));
        }
    }

    [Fact]
    public void Ordering_vectors()
    {
        var seen = 0;
        foreach (var vector in PlotVectors.Section("orderings"))
        {
            var values = Values(vector.GetProperty("proof_order"));
            ProofOrder.ToPlotOrder(values);
            Assert.Equal(Values(vector.GetProperty("plot_order")), values);
            seen++;
        }

        Assert.Equal(3, seen);
    }

    /// <summary>The proofs inside real blocks, and the qualities their index gives.</summary>
    [Theory, InlineData("real300"), InlineData("small40")]
    public void Blocks_of_a_chain(string chain)
    {
        using var index = Vectors.Json("chains", chain, "index.json");
        var expected = index.RootElement.GetProperty("blocks").EnumerateArray().Select(b => b.Text("quality")).ToList();
        var blocks = Vectors.Records("chains", chain, "blocks.bin").Select(r => StreamableExtensions.Decode<FullBlock>(r)).ToList();
        Assert.Equal(expected.Count, blocks.Count);
        foreach (var (block, quality) in blocks.Zip(expected))
        {
            Assert.True(ProofOfSpaceVerifier.TryGetQuality(block.HeaderBlock.ProofOfSpace, out var actual));
            Assert.Equal(quality, actual.ToString());
        }

        var wrong = blocks[1].HeaderBlock.ProofOfSpace with { ChallengeHash = blocks[2].HeaderBlock.ProofOfSpace.ChallengeHash };
        Assert.False(ProofOfSpaceVerifier.TryGetQuality(wrong, out var none));
        Assert.True(none.IsZero);
    }

    [Fact]
    public void Verification_allocates_nothing()
    {
        var vector = PlotVectors.Section("proofs").First();
        byte[] proof = vector.Bytes("proof"), quality = new byte[ProofOfSpaceVerifier.MaxQualityStringLength];
        Bytes32 id = vector.Bytes32("plot_id"), challenge = vector.Bytes32("challenge");
        var k = vector.Int("k");
        ProofOfSpaceVerifier.Verify(id, k, challenge, proof, quality, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            ProofOfSpaceVerifier.Verify(id, k, challenge, proof, quality, out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static string Verify(JsonElement vector, byte[] proof, bool software, out ProofOfSpaceVerdict verdict)
    {
        Span<byte> quality = stackalloc byte[ProofOfSpaceVerifier.MaxQualityStringLength];
        verdict = ProofOfSpaceVerifier.Verify(
            vector.Bytes32("plot_id"), vector.Int("k"), vector.Bytes32("challenge"), proof, quality, out var length, software);
        return Convert.ToHexStringLower(quality[..length]);
    }

    private static ulong[] Values(JsonElement list) => [.. list.EnumerateArray().Select(v => PlotVectors.Number(v.GetString()!))];
}
