using Chia.Cryptography.Plots;
using Chia.GrainInterfaces.Chain;
using Chia.Grains.Effects;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Grains.Tests.FullNode;

/// <summary>What a peer is told when it connects (PROTOCOL.md 4.5), and what a whole role is told.</summary>
public sealed class AnnouncementsTests
{
    private const int Blocks = 20;

    [Fact]
    public async Task A_full_node_hears_every_tip_and_what_is_unfinished_on_them()
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        await scene.Say(FullNodeScene.Node("other"), new UnfinishedBlockMessage(FullNodeScene.Unfinished(Blocks)));
        var peer = FullNodeScene.Node("new");
        var said = (await scene.FullNode.Connected(peer)).Messages;
        Assert.All(said, m => Assert.Equal(peer, m.To));
        var tips = (await scene.Chain.GetSnapshot()).Tips.Select(t => t.HeaderHash);
        Assert.Equal(tips, said.Select(m => m.Message).OfType<BlockMessage>().Select(m => m.Block.HeaderHash()));
        Assert.Equal(Blocks, (int)Assert.Single(said.Select(m => m.Message).OfType<UnfinishedBlockMessage>()).Block.Height);
    }

    [Fact]
    public async Task A_timelord_hears_a_challenge_a_tip_then_the_iterations_that_are_wanted()
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        await scene.Say(FullNodeScene.Node("other"), new UnfinishedBlockMessage(FullNodeScene.Unfinished(Blocks)));
        var said = (await scene.FullNode.Connected(FullNodeScene.Worker(Role.Timelord))).Messages.Select(m => m.Message).ToList();
        var chain = await scene.Chain.GetSnapshot();
        Assert.Equal(
            chain.Tips.Select(t => (t.ChallengeHash, t.TotalWeight)),
            said.OfType<ChallengeStartMessage>().Select(m => (m.ChallengeHash, m.Weight)));
        Assert.Equal(
            new ProofOfSpaceInfoMessage(
                chain.Heaviest.ChallengeHash, FullNodeScene.Main.Blocks[Blocks].HeaderBlock.ProofOfTime!.NumberOfIterations),
            said[^1]);
        Assert.Equal(1, scene.FullNode.Status().Timelords);
    }

    [Fact]
    public async Task A_farmer_hears_the_speed_first_then_a_challenge_a_tip()
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        var farmer = FullNodeScene.Worker(Role.Farmer);
        var said = (await scene.FullNode.Connected(farmer)).Messages.Select(m => m.Message).ToList();
        var chain = await scene.Chain.GetSnapshot();
        Assert.Equal(chain.Heaviest.NextIterationsPerSecond, Assert.IsType<ProofOfTimeRateMessage>(said[0]).PotEstimateIps);
        Assert.Equal(
            chain.Tips.Select(t => t.ChallengeHash), said.Skip(1).Cast<ProofOfSpaceFinalizedMessage>().Select(m => m.ChallengeHash));

        Assert.Equal(1, scene.FullNode.Status().Farmers);
        Assert.Empty(await scene.FullNode.Disconnected(farmer));
        Assert.Equal(0, scene.FullNode.Status().Farmers);
    }

    /// <summary>ROLES.md 6.3. Where difficulty and speed change with the next block, the difficulty is the tip's own and the speed that of
    /// the first tip's child. This chain changes its speed at height 15, and its difficulty never.</summary>
    [Fact]
    public async Task What_a_farmer_hears_of_a_tip_is_what_the_reference_says()
    {
        const int Adjusted = 15;
        await using var scene = await FullNodeScene.Start(Adjusted);
        scene.Alter<ChainSnapshot>(
            nameof(IBlockchainGrain.GetSnapshot),
            chain => chain with { Tips = [.. chain.Tips.Select(tip => tip with { NextDifficulty = tip.Difficulty + 1 })] });
        var tips = (await scene.Chain.GetSnapshot()).Tips;
        Assert.NotEqual(tips[0].NextIterationsPerSecond, tips[^1].NextIterationsPerSecond);

        var said = (await scene.FullNode.Connected(FullNodeScene.Worker(Role.Farmer))).Messages.Select(m => m.Message).ToList();
        Assert.Equal(tips[0].NextIterationsPerSecond, Assert.IsType<ProofOfTimeRateMessage>(said[0]).PotEstimateIps);
        Assert.Equal(
            Enumerable.Range(1, 3).Select(back => Finalized(Adjusted - back)), said.Skip(1).Cast<ProofOfSpaceFinalizedMessage>());
    }

    [Fact]
    public async Task Of_genesis_a_farmer_hears_its_weight_as_the_difficulty()
    {
        await using var scene = await FullNodeScene.Start(1);
        var said = (await scene.FullNode.Connected(FullNodeScene.Worker(Role.Farmer))).Messages.Select(m => m.Message).ToList();
        var told = Assert.IsType<ProofOfSpaceFinalizedMessage>(said[^1]);
        Assert.Equal((0u, FullNodeScene.Main.Blocks[0].Weight), (told.Height, told.Difficulty));
    }

    [Fact]
    public async Task What_is_finished_or_grows_on_no_tip_is_not_told_as_unfinished()
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        var block = FullNodeScene.Unfinished(Blocks);
        await scene.Say(FullNodeScene.Node(), new UnfinishedBlockMessage(block));

        // Another, of another plot: it waits for another proof of time.
        scene.Alter<UnfinishedStanding>(
            nameof(IBlockchainGrain.CheckUnfinished), standing => standing with { Iterations = standing.Iterations + 1 });
        var signed = block.HeaderBlock.Header with { HarvesterSignature = block.Body.CoinbaseSignature };
        await scene.Say(
            FullNodeScene.Node(), new UnfinishedBlockMessage(block with { HeaderBlock = block.HeaderBlock with { Header = signed } }));
        Assert.Equal(2, await Told(scene));

        // One is finished; the other is left behind when three blocks stand above its parent.
        foreach (var (above, told) in new[] { (0, 1), (1, 1), (2, 0) })
        {
            await scene.Say(FullNodeScene.Node(), new BlockMessage(FullNodeScene.Main.Blocks[Blocks + above]));
            Assert.Equal(told, await Told(scene));
        }

        static async Task<int> Told(FullNodeScene scene) =>
            (await scene.FullNode.Connected(FullNodeScene.Worker(Role.Timelord))).Messages.Select(m => m.Message)
                .OfType<ProofOfSpaceInfoMessage>().Count();
    }

    /// <summary>A block after which the adjustment has no result has no speed to tell (CONSENSUS.md 10).</summary>
    [Fact]
    public async Task A_speed_that_there_is_not_is_not_told()
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        scene.Alter<AcceptAnswer>(nameof(IBlockchainGrain.Accept), answer => answer with
        {
            Outcomes = [.. answer.Outcomes.Select(o => o with { Block = o.Block! with { NextIterationsPerSecond = 0 } })],
        });
        var told = await scene.Say(FullNodeScene.Node(), new BlockMessage(FullNodeScene.Main.Blocks[Blocks]));
        Assert.NotEmpty(told);
        Assert.DoesNotContain(told, e => e is RoleEffect.Broadcast { Message: ProofOfTimeRateMessage });
    }

    [Fact]
    public async Task An_introducer_hears_nothing_and_its_peers_are_dialled_without_it()
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        var introducer = FullNodeScene.Worker(Role.Introducer);
        Assert.Empty(await scene.FullNode.Connected(introducer));
        Assert.Equal(new RoleEffect.Close(introducer), Assert.Single(await scene.Say(introducer, new PeersMessage([]))));
    }

    [Theory]
    [InlineData(Role.FullNode, BlockMessage.Name)]
    [InlineData(Role.Timelord, ChallengeStartMessage.Name)]
    [InlineData(Role.Farmer, ProofOfTimeRateMessage.Name)]
    public async Task A_role_that_may_have_missed_something_is_told_where_we_are(Role role, string first)
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        var told = (await scene.FullNode.Announce(role)).Cast<RoleEffect.Broadcast>().ToList();
        Assert.All(told, b => Assert.Equal((role, null), (b.To, b.Except)));
        Assert.Equal(first, told[0].Message.Function);
    }

    [Fact]
    public async Task The_end_of_a_sync_is_told_to_everybody()
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        var told = (await scene.FullNode.SyncFinished([])).Cast<RoleEffect.Broadcast>().ToList();
        Assert.Equal([Role.Timelord, Role.Farmer, Role.FullNode], told.Select(b => b.To).Distinct());
        Assert.Equal(FullNodeScene.Main.Hashes[Blocks - 1], Assert.IsType<BlockMessage>(told[^1].Message).Block.HeaderHash());
    }

    /// <summary>What the chain itself says of a block.</summary>
    internal static ProofOfSpaceFinalizedMessage Finalized(int height)
    {
        var (block, parent) = (FullNodeScene.Main.Blocks[height], FullNodeScene.Main.Blocks[height - 1]);
        Assert.True(ProofOfSpaceVerifier.TryGetQuality(block.HeaderBlock.ProofOfSpace, out var quality));
        return new ProofOfSpaceFinalizedMessage(
            block.HeaderBlock.Challenge!.Sha256(), block.Height, block.Weight, quality, block.Weight - parent.Weight);
    }
}
