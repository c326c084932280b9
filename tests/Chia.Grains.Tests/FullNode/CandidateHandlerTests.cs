using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.FullNode;
using Chia.Grains.Tests.Farmer;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Grains.Tests.FullNode;

/// <summary>A farmer's way to a block: a header to sign, then its signature (ROLES.md 6).</summary>
public sealed partial class CandidateHandlerTests
{
    private const int Height = 20;

    private static readonly PeerConnection Farmer = FullNodeScene.Worker(Role.Farmer);

    private static FullBlock Block => FullNodeScene.Main.Blocks[Height];

    private static readonly Bytes32 FeesTarget = FarmerScene.Hash("fees");

    private static RequestHeaderHashMessage Request(ProofOfSpace? proof = null, Bytes32? challenge = null)
    {
        var space = proof ?? Block.HeaderBlock.ProofOfSpace;
        return new RequestHeaderHashMessage(
            challenge ?? space.ChallengeHash, Block.Body.Coinbase, Block.Body.CoinbaseSignature, FeesTarget, space);
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

    /// <summary>ROLES.md 6.1, steps 3 and 4.</summary>
    [Fact]
    public async Task A_block_is_what_the_reference_makes()
    {
        await using var scene = await FullNodeScene.Start(Height);
        var made = await Make(scene);
        var placeholder = Bytes96.FromHex(Signature().Match(DocumentTables.Part("ROLES.md", "### 6.1 ", "### 6.2 ")).Value);
        var noGenerator = new Bytes32(SHA256.HashData([]));
        var body = new Body(
            Block.Body.Coinbase, Block.Body.CoinbaseSignature, new FeesTarget(FeesTarget, 0), placeholder, noGenerator, 0);
        Assert.Equal(body, made.Body);
        Assert.Equal(Block.HeaderBlock.ProofOfSpace, made.HeaderBlock.ProofOfSpace);
        Assert.Null(made.HeaderBlock.ProofOfTime);
        Assert.Null(made.HeaderBlock.Challenge);
        var data = made.HeaderBlock.Header.Data;
        Assert.Equal(
            (FullNodeScene.Main.Hashes[Height - 1], Block.HeaderBlock.ProofOfSpace.Sha256(), body.Sha256(), default(Bytes32)),
            (data.PrevHeaderHash, data.ProofOfSpaceHash, data.BodyHash, data.ExtensionData));
        Assert.NotEqual(default, data.FilterHash);
    }

    /// <summary>Seconds after the parent: the clock, the earliest that the rules allow, and what the block says.</summary>
    [Theory]
    [InlineData(100, -50, 100)]
    [InlineData(0, -50, 1)]
    [InlineData(-59, -50, 1)]
    [InlineData(-60, -70, -60)]
    [InlineData(-60, -50, -50)]
    [InlineData(-5000, -50, -50)]
    public async Task A_block_says_when_it_was_made_but_neither_before_the_rules_allow_nor_with_its_parent(int now, int earliest, int says)
    {
        await using var scene = await FullNodeScene.Start(Height);
        var parent = FullNodeScene.Main.Blocks[Height - 1].HeaderBlock.Header.Data.Timestamp;
        scene.Clock.SetWallClock(DateTimeOffset.FromUnixTimeSeconds((long)parent + now) - scene.Clock.GetUtcNow());
        scene.Alter<CandidateStanding>(
            nameof(IBlockchainGrain.GetParentFor), standing => standing with { EarliestTimestamp = (ulong)((long)parent + earliest) });
        scene.Alter<UnfinishedStanding>(nameof(IBlockchainGrain.CheckUnfinished), standing => standing with { Rule = null });
        Assert.Equal(says, (long)(await Make(scene)).HeaderBlock.Header.Data.Timestamp - (long)parent);
    }

    /// <summary>An adjustment without a result (CONSENSUS.md 9).</summary>
    [Fact]
    public async Task Nothing_is_made_on_a_block_that_can_have_no_child()
    {
        await using var scene = await FullNodeScene.Start(Height);
        scene.Alter<CandidateStanding>(
            nameof(IBlockchainGrain.GetParentFor), standing => standing with { Parent = standing.Parent with { NextDifficulty = 0 } });
        Assert.Empty(await scene.Say(Farmer, Request()));
    }

    [Theory]
    [InlineData(Height - 3 - 5, false)]
    [InlineData(Height - 3 - 4, true)]
    public async Task Nothing_is_made_on_a_block_too_far_below_the_tips(int height, bool isMade)
    {
        await using var scene = await FullNodeScene.Start(Height, new FullNodeOptions { Retention = 5 });
        scene.Alter<CandidateStanding>(nameof(IBlockchainGrain.GetParentFor), standing => standing with { HasBlock = false });
        Assert.Equal(isMade, (await scene.Say(Farmer, Request(FullNodeScene.Main.Blocks[height].HeaderBlock.ProofOfSpace))).Count > 0);
    }

    /// <summary>Or a coinbase of a far height would outlive all others.</summary>
    [Fact]
    public async Task What_was_made_is_forgotten_with_its_parent_s_height_whatever_the_coinbase_says()
    {
        await using var scene = await FullNodeScene.Start(Height, new FullNodeOptions { Retention = 0 });
        var request = Request() with { Coinbase = Block.Body.Coinbase with { Height = uint.MaxValue } };
        var header = Assert.IsType<HeaderHashMessage>(Assert.Single((await scene.Say(Farmer, request)).Messages).Message);
        var another = new HeaderSignatureMessage(header.PosHash, FarmerScene.Hash("another"), default);
        Assert.NotEmpty(await scene.Say(Farmer, another));
        for (var height = Height; height < Height + 4; height++)
            await scene.Say(FullNodeScene.Node(), new BlockMessage(FullNodeScene.Main.Blocks[height]));
        Assert.Empty(await scene.Say(Farmer, another));
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

    /// <summary>From a proof to the unfinished block that the others are told.</summary>
    private static async Task<FullBlock> Make(FullNodeScene scene)
    {
        var header = Assert.IsType<HeaderHashMessage>(Assert.Single((await scene.Say(Farmer, Request())).Messages).Message);
        var effects = await scene.Say(Farmer, new HeaderSignatureMessage(header.PosHash, header.HeaderHash, default));
        return Assert.Single(effects.OfType<RoleEffect.Broadcast>().Select(b => b.Message).OfType<UnfinishedBlockMessage>()).Block;
    }

    [GeneratedRegex("[0-9a-f]{192}")]
    private static partial Regex Signature();
}
