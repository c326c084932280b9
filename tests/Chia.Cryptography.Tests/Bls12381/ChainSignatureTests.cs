using System.Security.Cryptography;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>The signatures of blocks that the reference made (BLS.md 7, "How the node uses prepend signatures").</summary>
public class ChainSignatureTests
{
    [Theory]
    [InlineData("small40", "blocks.bin", 1)]
    [InlineData("small40", "fork.bin", 1)]
    [InlineData("real300", "blocks.bin", 15)]
    [InlineData("real40bt", "blocks.bin", 8)]
    public void Signatures_of_blocks_verify(string chain, string file, int step)
    {
        var checks = new List<SignatureCheck>();
        var records = Vectors.Records("chains", chain, file);
        for (var i = 0; i < records.Count; i += step)
        {
            var block = StreamableExtensions.Decode<FullBlock>(records[i]);
            var (harvester, coinbase) = (Harvester(block), Coinbase(block));
            Assert.True(PrependSignature.Verify(harvester.PublicKey, harvester.MessageHash, harvester.Signature));
            Assert.True(PrependSignature.Verify(coinbase.PublicKey, coinbase.MessageHash, coinbase.Signature));
            Assert.False(PrependSignature.Verify(coinbase.PublicKey, harvester.MessageHash, harvester.Signature));
            Assert.Equal(PointDecodingError.None, PointEncoding.CheckPublicKey(harvester.PublicKey));
            if (block.Body.AggregatedSignature is { } aggregated)
                Assert.Equal(PointDecodingError.None, PointEncoding.CheckPlainSignature(aggregated));
            checks.AddRange([harvester, coinbase]);
        }

        Assert.True(checks.Count > 4);
        Assert.True(PrependSignature.VerifyAll(checks.ToArray()));
        checks[3] = checks[3] with { Signature = checks[2].Signature };
        Assert.False(PrependSignature.VerifyAll(checks.ToArray()));
    }

    private static SignatureCheck Harvester(FullBlock block)
    {
        var header = block.HeaderBlock.Header;
        var hash = new Bytes32(SHA256.HashData(header.Data.Sha256().Span));
        return new SignatureCheck(block.HeaderBlock.ProofOfSpace.PlotPublicKey, hash, header.HarvesterSignature);
    }

    private static SignatureCheck Coinbase(FullBlock block) =>
        new(block.HeaderBlock.ProofOfSpace.PoolPublicKey, block.Body.Coinbase.Sha256(), block.Body.CoinbaseSignature);
}
