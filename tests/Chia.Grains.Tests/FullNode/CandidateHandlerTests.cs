using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.FullNode;

/// <summary>A farmer's way to a block: a header to sign, then its signature (ROLES.md 6).</summary>
public sealed class CandidateHandlerTests
{
    private const int Height = 20;

    private static readonly PeerConnection Farmer = FullNodeScene.Worker(Role.Farmer);

    private static FullBlock Block => FullNodeScene.Main.Blocks[Height];

    private static RequestHeaderHashMessage Request(ProofOfSpace? proof = null, Bytes32? challenge = null)
    {
        var space = proof ?? Block.HeaderBlock.ProofOfSpace;
        return new RequestHeaderHashMessage(
            challenge ?? space.ChallengeHash, Block.Body.Coinbase, Block.Body.CoinbaseSignature, default, space);
    }

    [Fact]
    public async Task A_proof_gets_a_header_whose_signature_makes_an_unfinished_block()
    {
        await using var scene = await FullNodeScene.Start(Height);
        var answer = Assert.Single((await scene.Say(Farmer, Request())).Messages);
        Assert.Equal(Farmer, answer.To);
        var header = Assert.IsType<HeaderHashMessage>(answer.Message);

        var effects = await scene.Say(Farmer, new HeaderSignatureMessage(header.PosHash, header.HeaderHash, default));
        var told = effects.OfType<RoleEffect.Broadcast>().ToList();
        Assert.Equal([Role.Timelord, Role.FullNode], told.Select(b => b.To));
        Assert.Equal(Block.HeaderBlock.ProofOfSpace.ChallengeHash, Assert.IsType<ProofOfSpaceInfoMessage>(told[0].Message).ChallengeHash);
        var made = Assert.IsType<UnfinishedBlockMessage>(told[1].Message).Block;
        Assert.Equal((FullNodeScene.Main.Hashes[Height - 1], (uint)Height), (made.PrevHeaderHash, made.Height));
        Assert.Equal(1, scene.FullNode.Status().Unfinished);
    }

    [Fact]
    public async Task No_two_headers_are_alike()
    {
        await using var scene = await FullNodeScene.Start(Height);
        var first = Assert.IsType<HeaderHashMessage>(Assert.Single((await scene.Say(Farmer, Request())).Messages).Message);
        var second = Assert.IsType<HeaderHashMessage>(Assert.Single((await scene.Say(Farmer, Request())).Messages).Message);
        Assert.NotEqual(first.HeaderHash, second.HeaderHash);

        // The last one counts: who signs the other is late.
        Assert.Equal(
            BlameKind.Unhelpful,
            (await scene.Say(Farmer, new HeaderSignatureMessage(first.PosHash, first.HeaderHash, default))).Blame!.Kind);
    }

    [Fact]
    public async Task A_proof_for_another_challenge_is_a_breach()
    {
        await using var scene = await FullNodeScene.Start(Height);
        Assert.Equal(BlameKind.Breach, (await scene.Say(Farmer, Request(challenge: FullNodeScene.Main.Hashes[0]))).Blame!.Kind);
        var forged = Block.HeaderBlock.ProofOfSpace with { PlotPublicKey = default };
        Assert.Equal(BlameKind.Breach, (await scene.Say(Farmer, Request(forged))).Blame!.Kind);
    }

    [Fact]
    public async Task What_is_answered_by_a_block_that_we_have_is_not_made_again()
    {
        await using var scene = await FullNodeScene.Start(Height + 1);
        Assert.Empty(await scene.Say(Farmer, Request()));
    }

    [Fact]
    public async Task A_signature_for_nothing_that_we_made_is_passed_over()
    {
        await using var scene = await FullNodeScene.Start(Height);
        Assert.Empty(await scene.Say(Farmer, new HeaderSignatureMessage(default, default, default)));
    }
}
