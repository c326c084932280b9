using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.FullNode;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;

namespace Chia.Grains.Tests.FullNode;

/// <summary>Blocks whose parents are missing, from the honest and from those who invent them.</summary>
public class NearSyncTests
{
    private static Message Block(int height) => new BlockMessage(FullNodeScene.Main.Blocks[height]);

    [Fact]
    public async Task Its_sender_is_asked_for_the_parent()
    {
        await using var scene = await FullNodeScene.Start(20);
        var request = Assert.IsType<RoleEffect.Send>(Assert.Single(await scene.Say(FullNodeScene.Node(), Block(22))));
        Assert.Equal("peer", request.To.ConnectionId.ToString());
        Assert.Equal(FullNodeScene.Main.Hashes[21], Assert.IsType<RequestBlockMessage>(request.Message).HeaderHash);
    }

    [Fact]
    public async Task One_that_is_invalid_by_itself_is_not_kept_and_asks_nobody()
    {
        await using var scene = await FullNodeScene.Start(20);
        scene.Proofs.AcceptsSignatures = false;
        var penalty = Assert.IsType<RoleEffect.Penalise>(Assert.Single(await scene.Say(FullNodeScene.Node(), Block(22))));
        Assert.Equal(BlameKind.Breach, penalty.Blame.Kind);
        scene.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Empty(await scene.FullNode.Tick());
    }

    [Fact]
    public async Task Nobody_is_asked_but_those_who_claim_to_have_it_and_silence_is_blamed()
    {
        await using var scene = await FullNodeScene.Start(20);
        await scene.FullNode.Connected(FullNodeScene.Node("uninvolved"));
        await scene.Say(FullNodeScene.Node("first"), Block(22));
        await scene.Say(FullNodeScene.Node("second"), Block(23));
        var asked = new List<string>();
        var blamed = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(6));
            var effects = await scene.FullNode.Tick();
            asked.AddRange(effects.OfType<RoleEffect.Send>().Select(s => s.To.ConnectionId.ToString()));
            blamed.AddRange(effects.OfType<RoleEffect.Penalise>().Select(p => p.Who.ConnectionId.ToString()));
        }

        Assert.Equal(["second"], asked);
        Assert.Equal(["first", "second"], blamed);
    }

    [Fact]
    public async Task Nobody_is_blamed_for_a_block_that_came_while_the_sync_was_told_of_another()
    {
        await using var scene = await FullNodeScene.Start(20);
        await scene.Say(FullNodeScene.Node("gone"), Block(22));
        await scene.Say(FullNodeScene.Node("late"), Block(24));
        await scene.Say(FullNodeScene.Node("innocent"), Block(25));
        var answered = new TaskCompletionSource();
        scene.Faults.Held[nameof(IBlockchainGrain.GetSnapshot)] = answered.Task;
        scene.Clock.Advance(TimeSpan.FromSeconds(6));
        var tick = scene.FullNode.Tick();
        Assert.False(tick.IsCompleted);
        await scene.Say(FullNodeScene.Node("late"), Block(23));
        answered.SetResult();
        Assert.Equal(["gone"], (await tick).OfType<RoleEffect.Penalise>().Select(p => p.Who.ConnectionId.ToString()));
    }

    [Fact]
    public async Task A_peer_that_sends_more_than_its_share_is_blamed()
    {
        await using var scene = await FullNodeScene.Start(10, new FullNodeOptions { MaxDisconnected = 8 });
        List<RoleEffect> effects = [];
        for (var height = 20; height < 25; height++)
            effects.AddRange(await scene.Say(FullNodeScene.Node(), Block(height)));
        Assert.Equal(3, effects.OfType<RoleEffect.Penalise>().Count());
        Assert.Empty((await scene.Say(FullNodeScene.Node("honest"), Block(12))).OfType<RoleEffect.Penalise>());
    }
}
