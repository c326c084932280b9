using Chia.Grains.Effects;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

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
        Assert.Equal(chain.Heaviest.ChallengeHash, Assert.IsType<ProofOfSpaceInfoMessage>(said[^1]).ChallengeHash);
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
}
