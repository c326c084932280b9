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

    /// <summary>SYNC.md 4.1, step 6: by the speed in force, PROPAGATION_DELAY_THRESHOLD is 120 in this network.</summary>
    [Theory]
    [InlineData(120, false)]
    [InlineData(121, true)]
    public async Task A_slow_one_lets_faster_ones_overtake(ulong seconds, bool waits)
    {
        await using var scene = await FullNodeScene.Start(Height);
        await Takes(scene, seconds);
        Assert.Equal(!waits, (await scene.Say(Peer, Next)).Count > 0);
        scene.Clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Empty(await scene.FullNode.Tick());
        scene.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(waits, (await scene.FullNode.Tick()).Count > 0);
    }

    /// <summary>Step 7: PROPAGATION_THRESHOLD is 150 in this network.</summary>
    [Theory]
    [InlineData(160, true)]
    [InlineData(161, false)]
    public async Task One_that_is_much_slower_than_another_goes_nowhere(ulong seconds, bool isPassedOn)
    {
        await using var scene = await FullNodeScene.Start(Height);
        await Takes(scene, 10);
        Assert.NotEmpty(await scene.Say(Peer, Next));
        await Takes(scene, seconds);
        var header = Next.Block.HeaderBlock.Header with { HarvesterSignature = Next.Block.Body.CoinbaseSignature };
        var another = Next.Block with { HeaderBlock = Next.Block.HeaderBlock with { Header = header } };
        Assert.Empty(await scene.Say(Peer, new UnfinishedBlockMessage(another)));
        scene.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(isPassedOn, (await scene.FullNode.Tick()).Count > 0);
    }

    /// <summary>SYNC.md 1.2.</summary>
    [Fact]
    public async Task Before_the_first_block_ten_thousand_iterations_a_second_are_assumed()
    {
        foreach (var (seconds, waits) in new[] { (120UL, false), (121UL, true) })
        {
            await using var scene = await FullNodeScene.Start(1);
            scene.Alter<UnfinishedStanding>(
                nameof(IBlockchainGrain.CheckUnfinished), standing => standing with { Iterations = seconds * 10_000 });
            Assert.Equal(!waits, (await scene.Say(Peer, new UnfinishedBlockMessage(FullNodeScene.Unfinished(1)))).Count > 0);
        }
    }

    /// <summary>SYNC.md 5, step 5.</summary>
    [Fact]
    public async Task After_a_sync_the_speed_of_the_new_chain_counts_and_what_came_before_it_is_looked_at()
    {
        await using var scene = await FullNodeScene.Start(1);
        Assert.Empty(await scene.Say(Peer, Next));
        for (var height = 1; height < Height; height++)
            await scene.Store(height);
        await Takes(scene, 121);
        var work = Assert.Single((await scene.FullNode.SyncFinished([])).OfType<RoleEffect.Start>());
        Assert.Empty(await work.Work());
        Assert.NotEqual(10_000UL, (await scene.Chain.GetSnapshot()).Heaviest.NextIterationsPerSecond);
        scene.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.NotEmpty(await scene.FullNode.Tick());
    }

    /// <summary>Time heals that.</summary>
    [Fact]
    public async Task One_that_our_clock_calls_too_late_may_come_again()
    {
        await using var scene = await FullNodeScene.Start(Height);
        var made = DateTimeOffset.FromUnixTimeSeconds((long)Next.Block.HeaderBlock.Header.Data.Timestamp);
        scene.Clock.SetWallClock(made - TimeSpan.FromHours(3) - scene.Clock.GetUtcNow());
        Assert.Equal(BlameKind.Unhelpful, (await scene.Say(Peer, Next)).Blame!.Kind);
        scene.Clock.SetWallClock(TimeSpan.FromHours(3));
        Assert.Contains(await scene.Say(Peer, Next), e => e is RoleEffect.Broadcast { Message: UnfinishedBlockMessage });
    }

    /// <summary>Our farmers may take the tips for a dead end (DECISIONS 16), within what is kept.</summary>
    [Theory]
    [InlineData(Height - 3 - 6, false)]
    [InlineData(Height - 3 - 5, true)]
    public async Task One_of_a_farmer_s_is_looked_at_unless_it_lies_too_far_below_the_tips(int height, bool isLookedAt)
    {
        await using var scene = await FullNodeScene.Start(Height, new FullNodeOptions { Retention = 5 });
        scene.Asked.Clear();
        await scene.Say(FullNodeScene.Worker(Role.Farmer), new UnfinishedBlockMessage(FullNodeScene.Unfinished(height)));
        Assert.Equal(isLookedAt, scene.Asked.Contains(nameof(IBlockchainGrain.CheckUnfinished)));
        scene.Asked.Clear();
        await scene.Say(Peer, new UnfinishedBlockMessage(FullNodeScene.Unfinished(height)));
        Assert.DoesNotContain(nameof(IBlockchainGrain.CheckUnfinished), scene.Asked);
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

    /// <summary>By the speed after the heaviest tip, every unfinished block takes so long from now on.</summary>
    private static async Task Takes(FullNodeScene scene, ulong seconds)
    {
        var speed = (await scene.Chain.GetSnapshot()).Heaviest.NextIterationsPerSecond;
        scene.Alter<UnfinishedStanding>(
            nameof(IBlockchainGrain.CheckUnfinished), standing => standing with { Iterations = (seconds * speed) + (speed / 2) });
    }
}
