using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.FullNode;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.FullNode;

/// <summary>Blocks without their proof of time (SYNC.md 4.1).</summary>
public sealed class UnfinishedHandlerTests
{
    private const int Height = 20;

    private static readonly PeerConnection Peer = FullNodeScene.Node();

    private static UnfinishedBlockMessage Next => new(FullNodeScene.Unfinished(Height));

    [Fact]
    public async Task One_on_a_tip_is_passed_on_and_its_iterations_are_wanted()
    {
        await using var scene = await FullNodeScene.Start(Height);
        var told = (await scene.Say(Peer, Next)).Cast<RoleEffect.Broadcast>().ToList();
        Assert.Equal(
            [(Role.Timelord, ProofOfSpaceInfoMessage.Name), (Role.FullNode, UnfinishedBlockMessage.Name)],
            told.Select(b => (b.To, b.Message.Function)));
        Assert.Equal(Peer, told[1].Except);
    }

    /// <summary>SYNC.md 4.1, step 6: 3,340 iterations at 1,666 a second are two seconds, and what takes no longer than the threshold is
    /// passed on at once.</summary>
    [Theory]
    [InlineData(2u, true)]
    [InlineData(1u, false)]
    public async Task One_that_takes_longer_than_the_threshold_waits_three_seconds_for_faster_ones(uint threshold, bool isAtOnce)
    {
        await using var scene = await FullNodeScene.Start(Height, change: c => c with { PropagationDelayThreshold = threshold });
        Assert.Equal(isAtOnce, (await scene.Say(Peer, Next)).Count > 0);
        scene.Clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Empty(await scene.FullNode.Tick());
        scene.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(isAtOnce ? 0 : 2, (await scene.FullNode.Tick()).OfType<RoleEffect.Broadcast>().Count());
        Assert.Equal(1, scene.FullNode.Status().Unfinished);
    }

    [Fact]
    public void The_reference_s_thresholds_are_the_network_s()
    {
        var constants = Testnet.Definition.Constants;
        Assert.Equal((150u, 120u), (constants.PropagationThreshold, constants.PropagationDelayThreshold));
        Assert.Equal(TimeSpan.FromSeconds(3), new FullNodeOptions().SlowBlockDelay);
    }

    [Fact]
    public async Task A_copy_costs_nothing()
    {
        await using var scene = await FullNodeScene.Start(Height);
        await scene.Say(Peer, Next);
        scene.Asked.Clear();
        Assert.Empty(await scene.Say(FullNodeScene.Node("second"), Next));
        Assert.Empty(scene.Asked);
    }

    [Fact]
    public async Task One_that_came_before_its_parent_is_looked_at_when_that_is_there()
    {
        await using var scene = await FullNodeScene.Start(Height);
        Assert.Empty(await scene.Say(Peer, new UnfinishedBlockMessage(FullNodeScene.Unfinished(Height + 1))));
        var effects = await scene.Say(Peer, new BlockMessage(FullNodeScene.Main.Blocks[Height]));
        var later = await Assert.Single(effects.OfType<RoleEffect.Start>()).Work();
        Assert.Contains(later, e => e is RoleEffect.Broadcast { To: Role.FullNode, Message: UnfinishedBlockMessage });
    }

    [Fact]
    public async Task One_whose_parent_becomes_a_tip_while_the_chain_is_asked_does_not_wait()
    {
        await using var scene = await FullNodeScene.Start(Height);
        var answered = new TaskCompletionSource();
        scene.Faults.Held[nameof(IBlockchainGrain.GetInfo)] = answered.Task;
        var received = scene.Say(
            FullNodeScene.Worker(Role.Farmer), new UnfinishedBlockMessage(FullNodeScene.Unfinished(Height + 1)));
        await scene.Say(Peer, new BlockMessage(FullNodeScene.Main.Blocks[Height]));
        answered.SetResult();
        Assert.Contains(await received, e => e is RoleEffect.Broadcast { To: Role.FullNode, Message: UnfinishedBlockMessage });
    }

    [Fact]
    public async Task One_whose_signature_does_not_verify_is_a_breach()
    {
        await using var scene = await FullNodeScene.Start(Height);
        scene.Proofs.AcceptsSignatures = false;
        Assert.Equal(BlameKind.Breach, (await scene.Say(Peer, Next)).Blame!.Kind);
        Assert.Equal(0, scene.FullNode.Status().Unfinished);
    }

    [Fact]
    public async Task One_that_waits_no_more_is_no_unfinished_block()
    {
        await using var scene = await FullNodeScene.Start(Height);
        await scene.Say(Peer, Next);
        Assert.Equal(1, scene.FullNode.Status().Unfinished);
        await scene.Say(Peer, new BlockMessage(FullNodeScene.Main.Blocks[Height]));
        Assert.Equal(0, scene.FullNode.Status().Unfinished);
    }
}
