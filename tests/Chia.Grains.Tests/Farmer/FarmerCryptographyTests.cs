using Chia.Consensus.Validation;
using Chia.Cryptography.Bls12381;
using Chia.Grains.Farmer;
using Chia.Grains.Harvester;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Grains.Tests.Farmer;

/// <summary>What a farmer verifies and signs, with a real plot.</summary>
public class FarmerCryptographyTests
{
    private static readonly ConsensusConstants Constants = new();

    private readonly Bytes32 _challenge = TestPlot.Challenges().First();
    private readonly FarmerKeys _keys;
    private readonly FarmerCryptography _cryptography;
    private readonly ProofOfSpace _proof;
    private readonly Bytes32 _quality;

    public FarmerCryptographyTests()
    {
        // The plot carries the second pool's key: the reference would sign its coinbase with the first one's.
        var other = PrivateKey.FromSeed("another pool"u8);
        _keys = new FarmerKeys(
            other, FarmerKeys.TargetOf(other.PublicKey), [other, TestPlot.PoolKey], FarmerKeys.TargetOf(other.PublicKey));
        _cryptography = new FarmerCryptography(new ProofVerifier(), _keys, Constants);
        using var plot = FilePlot.Open(TestPlot.Path);
        _quality = plot.GetQualities(_challenge)[0];
        _proof = new ProofOfSpace(
            _challenge, TestPlot.PoolKey.PublicKey, TestPlot.PlotKey.PublicKey, plot.Size, plot.GetProof(_challenge, 0)!.Value);
    }

    [Fact]
    public void A_proof_gets_a_coinbase_signed_by_its_own_pool()
    {
        var verified = _cryptography.Verify(_challenge, 7, _quality, _proof)!;
        Assert.Equal(new CoinbaseInfo(7, Constants.BlockReward, _keys.PoolTarget), verified.Coinbase);
        Assert.Equal(_proof.Sha256(), verified.PosHash);
        Assert.True(PrependSignature.Verify(
            TestPlot.PoolKey.PublicKey, SignedMessages.OfCoinbase(verified.Coinbase), verified.CoinbaseSignature));
    }

    [Fact]
    public void A_proof_of_another_quality_is_none() =>
        Assert.Null(_cryptography.Verify(_challenge, 7, _challenge, _proof));

    [Fact]
    public void A_proof_for_another_challenge_is_none() =>
        Assert.Null(_cryptography.Verify(_quality, 7, _quality, _proof));

    [Fact]
    public void A_changed_proof_is_none()
    {
        var bytes = _proof.Proof.Span.ToArray();
        bytes[5] ^= 1;
        Assert.Null(_cryptography.Verify(_challenge, 7, _quality, _proof with { Proof = ByteString.Adopt(bytes) }));
    }

    [Fact]
    public void A_signature_is_matched_to_the_header_it_signs()
    {
        var headers = new[] { FarmerScene.Hash("one"), FarmerScene.Hash("two") };
        var plotKey = TestPlot.PlotKey.PublicKey;
        Assert.Equal(headers[1], _cryptography.FindSigned(plotKey, headers, TestPlot.PlotKey.SignPrepend(headers[1].Span)));
        Assert.Null(_cryptography.FindSigned(plotKey, headers, TestPlot.PlotKey.SignPrepend(FarmerScene.Hash("three").Span)));
        Assert.Null(_cryptography.FindSigned(plotKey, headers, TestPlot.PoolKey.SignPrepend(headers[0].Span)));
        Assert.True(_cryptography.IsSigned(plotKey, headers[0], TestPlot.PlotKey.SignPrepend(headers[0].Span)));
    }

    [Fact]
    public void Texts_of_keys_tell_no_secret()
    {
        var text = $"{_keys} {_keys.FarmerKey} {new HarvesterKeys(new byte[32])} {TestPlot.Entry}";
        foreach (var key in _keys.PoolKeys.Append(_keys.FarmerKey).Append(TestPlot.PlotKey))
            Assert.DoesNotContain(Hex.Encode(key.ToBytes()), text, StringComparison.Ordinal);
        Assert.DoesNotContain("00000000", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Fresh_keys_differ_and_point_at_themselves()
    {
        var (one, two) = (FarmerKeys.Generate(), FarmerKeys.Generate());
        Assert.NotEqual(one.FarmerKey.PublicKey, two.FarmerKey.PublicKey);
        Assert.Equal(2, one.PoolPublicKeys.Distinct().Count());
        Assert.Equal(FarmerKeys.TargetOf(one.FarmerKey.PublicKey), one.FarmerTarget);
        Assert.Equal(FarmerKeys.TargetOf(one.PoolPublicKeys[0]), one.PoolTarget);
    }
}
