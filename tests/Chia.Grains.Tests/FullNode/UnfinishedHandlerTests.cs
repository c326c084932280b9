using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Messages;
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
