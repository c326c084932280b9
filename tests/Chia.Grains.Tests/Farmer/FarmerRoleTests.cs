using System.Security.Cryptography;
using Chia.Consensus.Validation;
using Chia.Cryptography.Bls12381;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.Farmer;
using Chia.Grains.Tests.Support;
using Chia.Grains.Work;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Grains.Tests.Farmer;

/// <summary>What a farmer makes of each message, with its own keys and signatures: from a challenge to a signed header (ROLES.md
/// 3).</summary>
public sealed class FarmerRoleTests : IDisposable
{
    private static readonly Bytes32 Good = FarmerScene.Quality(0);
    private static readonly Bytes32 Header = FarmerScene.Hash("header");

    private readonly FarmerScene _scene = new();
    private readonly FarmerThreads _threads = new(1);

    /// <summary>Proofs that carry their quality; signatures are real.</summary>
    private readonly ScriptedVerifier _proofs = new(new ProofVerifier()) { Space = QualityOf };

    private readonly PeerConnection _node = TestPeers.Connection(Role.Farmer, Role.FullNode, "node");
    private readonly PeerConnection _harvester = TestPeers.Connection(Role.Farmer, Role.Harvester, "harvester");
    private readonly FarmerRole _role;

    public FarmerRoleTests() => _role = new FarmerRole(
        _scene.State,
        new FarmerCryptography(_proofs, FarmerScene.Keys, FarmerScene.Constants),
        _threads,
        PeerAccess.Configured,
        NullLogger.Instance);

    public void Dispose() => _threads.Dispose();

    [Fact]
    public async Task A_stranger_from_elsewhere_is_closed_and_not_blamed()
    {
        var stranger = _node with { RemoteHost = "203.0.113.7" };
        Assert.Equal([new RoleEffect.Close(stranger)], await _role.Connected(stranger));
        Assert.Equal([new RoleEffect.Close(stranger)], await _role.Handle(stranger, new ProofOfTimeRateMessage(1000)));
    }

    /// <summary>The grain may have moved since the handshake: who is not known starts over.</summary>
    [Fact]
    public async Task A_peer_that_is_not_known_is_closed()
    {
        await _role.Connected(_node);
        await _role.Disconnected(_node);
        Assert.Equal([new RoleEffect.Close(_node)], await _role.Handle(_node, FarmerScene.Challenge("a", 5, 50)));
    }

    /// <summary>Its gateway kept the connection while the silo died. Harvesters have heard all from us, and hear it again.</summary>
    [Fact]
    public async Task A_full_node_that_told_its_challenges_to_another_activation_starts_over()
    {
        var old = _node with { Age = TimeSpan.FromHours(1) };
        Assert.Equal([new RoleEffect.Close(old)], await _role.Connected(old));
        Assert.Empty(await _role.Connected(_node));
        Assert.Empty(await _role.Connected(old));
        var greeting = await _role.Connected(_harvester with { Age = TimeSpan.FromHours(1) });
        Assert.IsType<HarvesterHandshakeMessage>(Assert.Single(greeting.Messages).Message);
    }

    [Fact]
    public async Task What_nobody_says_to_a_farmer_is_a_breach()
    {
        await _role.Connected(_node);
        Assert.Equal(BlameKind.Breach, (await _role.Handle(_node, new PingMessage())).Blame?.Kind);
    }

    [Fact]
    public async Task From_a_challenge_to_a_signed_header()
    {
        await Start();
        var asked = FarmerScene.Sent<RequestHeaderHashMessage>(await Prove(Good));
        var (to, request) = Assert.Single(asked);
        Assert.Equal("node", to);
        Assert.True(PrependSignature.Verify(
            FarmerScene.Keys.PoolPublicKeys[0], SignedMessages.OfCoinbase(request.Coinbase), request.CoinbaseSignature));

        var made = await _role.Handle(_node, new HeaderHashMessage(request.ProofOfSpace.Sha256(), Header));
        var (signer, toSign) = Assert.Single(FarmerScene.Sent<RequestHeaderSignatureMessage>(made));
        Assert.Equal(("harvester", Good, Header), (signer, toSign.Quality, toSign.HeaderHash));

        var signature = FarmerScene.PlotKey.SignPrependPrehashed(Hash(Header));
        var signed = await _role.Handle(_harvester, new RespondHeaderSignatureMessage(Good, signature));
        var (back, answer) = Assert.Single(FarmerScene.Sent<HeaderSignatureMessage>(signed));
        Assert.Equal(("node", request.ProofOfSpace.Sha256(), Header, signature), (back, answer.PosHash, answer.HeaderHash, answer.HeaderSignature));
        Assert.Equal((1L, 1L), (_role.Status().ProofsFound, _role.Status().HeadersSigned));
    }

    [Fact]
    public async Task A_proof_of_another_quality_is_a_breach()
    {
        await Start();
        await _role.Handle(_harvester, new ChallengeResponseMessage(FarmerScene.Hash("a"), Good, FarmerScene.Size));
        var other = FarmerScene.Proof(FarmerScene.Hash("a"), FarmerScene.Quality(3));
        Assert.NotNull((await _role.Handle(_harvester, new RespondProofOfSpaceMessage(Good, other))).Blame);
        Assert.Equal(0, _role.Status().ProofsFound);
    }

    [Fact]
    public async Task A_header_signature_by_another_key_is_a_breach_and_goes_nowhere()
    {
        await Start();
        var proof = FarmerScene.Sent<RequestHeaderHashMessage>(await Prove(Good))[0].Message.ProofOfSpace;
        await _role.Handle(_node, new HeaderHashMessage(proof.Sha256(), Header));
        var forged = PrivateKey.FromSeed("another plot"u8).SignPrependPrehashed(Hash(Header));
        var effects = await _role.Handle(_harvester, new RespondHeaderSignatureMessage(Good, forged));
        Assert.Equal(BlameKind.Breach, effects.Blame?.Kind);
        Assert.Empty(effects.Messages);
        Assert.Equal(0, _role.Status().HeadersSigned);
    }

    [Fact]
    public async Task A_share_counts_if_its_plot_signed_it()
    {
        await Start();
        await Prove(Good);
        var forged = PrivateKey.FromSeed("another plot"u8).SignPrependPrehashed(Hash(_scene.State.PartialMessage));
        Assert.Equal(BlameKind.Breach, (await _role.Handle(_harvester, new RespondPartialProofMessage(Good, forged))).Blame?.Kind);
        Assert.Equal(0, _role.Status().Shares);

        var signed = FarmerScene.PlotKey.SignPrependPrehashed(Hash(_scene.State.PartialMessage));
        Assert.Empty(await _role.Handle(_harvester, new RespondPartialProofMessage(Good, signed)));
        Assert.Equal(1, _role.Status().Shares);
    }

    /// <summary>A fault of ours is no fault of the proof's: it may come again.</summary>
    [Fact]
    public async Task A_proof_whose_check_failed_by_our_fault_may_come_again()
    {
        await Start();
        _proofs.Space = _ => throw new InvalidOperationException("no memory");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Prove(Good));
        _proofs.Space = QualityOf;
        var proof = FarmerScene.Proof(FarmerScene.Hash("a"), Good);
        Assert.NotEmpty(FarmerScene.Sent<RequestHeaderHashMessage>(
            await _role.Handle(_harvester, new RespondProofOfSpaceMessage(Good, proof))));
    }

    [Fact]
    public async Task A_proof_that_never_comes_is_given_up_in_time()
    {
        await Start();
        await _role.Handle(_harvester, new ChallengeResponseMessage(FarmerScene.Hash("a"), Good, FarmerScene.Size));
        _scene.Clock.Advance(_scene.Options.ProofTimeout + TimeSpan.FromSeconds(1));
        Assert.Single(FarmerScene.Sent<NewChallengeMessage>(await _role.Tick()));
    }

    /// <summary>A harvester, a node with a speed, and a challenge.</summary>
    private async Task Start()
    {
        await _role.Connected(_harvester);
        await _role.Connected(_node);
        Assert.Empty(await _role.Handle(_node, new ProofOfTimeRateMessage(FarmerScene.Ips)));
        Assert.Single(FarmerScene.Sent<NewChallengeMessage>(await _role.Handle(_node, FarmerScene.Challenge("a", 5, 50))));
    }

    private async Task<List<RoleEffect>> Prove(Bytes32 quality)
    {
        var challenge = FarmerScene.Hash("a");
        var answer = new ChallengeResponseMessage(challenge, quality, FarmerScene.Size);
        Assert.Single(FarmerScene.Sent<RequestProofOfSpaceMessage>(await _role.Handle(_harvester, answer)));
        return await _role.Handle(_harvester, new RespondProofOfSpaceMessage(quality, FarmerScene.Proof(challenge, quality)));
    }

    private static Bytes32? QualityOf(ProofOfSpace proof) => new Bytes32(proof.Proof.Span[..Bytes32.Size]);

    private static Bytes32 Hash(Bytes32 value) => new(SHA256.HashData(value.Span));
}
