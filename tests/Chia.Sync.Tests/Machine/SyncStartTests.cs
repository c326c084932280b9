using Chia.Consensus.Chain;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Sync.Machine;
using Chia.Sync.Peers;
using Chia.Sync.Targets;
using Chia.Sync.Tests.Support;
using Chia.Testing;

namespace Chia.Sync.Tests.Machine;

/// <summary>When a synchronisation starts, and for what (SYNC.md 3.3, 7 items 1–3; DECISIONS 10).</summary>
public class SyncStartTests
{
    private static VectorChain Chain => VectorChain.Load("fast1024");

    /// <summary>
    /// Own tips at height 30, so the lowest at 28: with a window of 20 near-sync goes from 25 to 48, with one of 5 to 33.
    /// </summary>
    [Theory]
    [InlineData(20, 48, true, false, false)]
    [InlineData(20, 49, true, false, true)]
    [InlineData(20, 49, false, false, false)]
    [InlineData(20, 24, true, false, true)]
    [InlineData(20, 25, true, false, false)]
    [InlineData(20, 40, true, true, true)]
    [InlineData(20, 40, false, true, false)]
    [InlineData(5, 33, true, false, false)]
    [InlineData(5, 34, true, false, true)]
    [InlineData(5, 48, true, false, true)]
    public void A_heavier_tip_that_near_sync_leaves_is_a_target(uint window, int height, bool heavier, bool outOfReach, bool target)
    {
        var machine = new ScriptedMachine(Chain, own: 31, new SyncOptions { NearSync = new NearSyncWindow(window) });
        var block = Chain.Blocks[height];
        var challenge = block.HeaderBlock.Challenge! with { TotalWeight = machine.Tips.Weight + (heavier ? 1u : 0u) };
        block = block with { HeaderBlock = block.HeaderBlock with { Challenge = challenge } };
        machine.Connect("a");
        machine.Announce("a", block, outOfReach ? TipKind.OutOfReach : TipKind.Disconnected);
        Assert.Equal(target, machine.Machine.TargetHash == block.HeaderHash());
        Assert.Equal(target ? SyncState.Syncing : SyncState.Synced, machine.Machine.Status(machine.Now).State);
    }

    [Fact]
    public void A_tip_without_challenge_is_ignored()
    {
        var machine = new ScriptedMachine(Chain);
        var tip = Chain.Tip with { HeaderBlock = Chain.Tip.HeaderBlock with { Challenge = null } };
        machine.Announce("a", tip);
        machine.Wait(60);
        Assert.Equal(SyncPhase.Idle, machine.Machine.Phase);
        Assert.Empty(machine.Blames);
    }

    [Fact]
    public void Tips_are_collected_for_two_seconds_while_some_peer_is_still_mute()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("a");
        machine.Connect("b");
        machine.Announce("a");
        Assert.Equal(SyncState.Collecting, machine.Machine.Status(machine.Now).State);
        Assert.Equal(TimeSpan.FromSeconds(2), machine.The<SyncEffect.ScheduleTick>().At);
        machine.Wait(1.9);
        Assert.Equal(SyncPhase.Collecting, machine.Machine.Phase);
        machine.Wait(0.1);
        Assert.Equal(Chain.TipHash, machine.The<SyncEffect.CheckTarget>().Target);
    }

    [Fact]
    public void When_all_have_announced_the_heaviest_is_taken_at_once()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("a");
        machine.Connect("b");
        machine.Announce("a", Chain.Blocks[40]);
        machine.Announce("b");
        Assert.Equal(Chain.TipHash, machine.The<SyncEffect.CheckTarget>().Target);
    }

    [Fact]
    public void A_tip_far_ahead_is_not_waited_for()
    {
        var machine = new ScriptedMachine(VectorChain.Load("long1500"));
        machine.Connect("a");
        machine.Connect("b");
        machine.Announce("a", kind: TipKind.Disconnected);
        Assert.Equal(SyncPhase.CheckingTarget, machine.Machine.Phase);
    }

    [Fact]
    public void A_tip_that_near_sync_can_reach_is_no_target()
    {
        var machine = new ScriptedMachine(Chain, own: 50);
        machine.Connect("a");
        machine.Announce("a", kind: TipKind.Disconnected);
        machine.Wait(60);
        Assert.Equal(SyncPhase.Idle, machine.Machine.Phase);
        Assert.Equal(SyncState.Synced, machine.Machine.Status(machine.Now).State);
    }

    [Fact]
    public void A_tip_whose_parts_disagree_is_blamed_and_never_a_target()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("a");
        machine.Announce("a", Chain.Tip with { Body = Chain.Tip.Body with { Cost = 77 } });
        Assert.Equal(BlameReason.MalformedTip, machine.The<SyncEffect.Blame>().Reason);
        Assert.Equal(SyncPhase.Idle, machine.Machine.Phase);
    }

    [Fact]
    public void A_bad_copy_of_a_tip_costs_its_senders_only_and_another_copy_is_tried()
    {
        var machine = new ScriptedMachine(Chain);
        var bad = WithMoreWeight(Chain.Tip);
        foreach (var peer in new[] { "a", "b", "c" })
            machine.Connect(peer);
        machine.Announce("a", bad);
        machine.Announce("b", bad);
        machine.Announce("c");
        Assert.Equal(bad, machine.The<SyncEffect.CheckTarget>().Block);
        machine.Fails(FailureScope.Copy);
        Assert.Equal(["a", "b"], machine.Blames.Select(b => b.Peer.ToString()));
        Assert.Equal(Chain.Tip, machine.The<SyncEffect.CheckTarget>().Block);
        machine.Passes();
        Assert.Equal("c", machine.The<SyncEffect.RequestHeaderHashes>().Peer.ToString());
    }

    [Fact]
    public void A_tip_with_invalid_covered_parts_is_condemned_in_every_copy()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("a");
        machine.Connect("b");
        machine.Announce("a");
        machine.Announce("b", WithMoreWeight(Chain.Tip));
        machine.Fails(FailureScope.Target);
        Assert.Equal(["a", "b"], machine.Blames.Select(b => b.Peer.ToString()));
        machine.Connect("late");
        machine.Announce("late");
        Assert.Equal("late", machine.The<SyncEffect.Blame>().Peer.ToString());
        machine.Wait(100_000);
        Assert.Equal(SyncPhase.Idle, machine.Machine.Phase);
    }

    [Fact]
    public void Our_own_fault_blames_nobody_and_is_retried_after_a_minute()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("a");
        machine.Announce("a");
        machine.Fails(FailureScope.Local);
        Assert.Empty(machine.Blames);
        Assert.Equal(TargetFailure.Local, machine.The<SyncEffect.TargetDropped>().Failure);
        Assert.Equal(SyncOutcome.NoTargetLeft, machine.The<SyncEffect.Finished>().Outcome);
        Assert.Equal(TimeSpan.FromSeconds(60), machine.The<SyncEffect.ScheduleTick>().At);
        machine.Wait(60);
        machine.Wait(2);
        Assert.Equal(2, machine.All.OfType<SyncEffect.CheckTarget>().Count());
    }

    [Fact]
    public void Without_peers_the_status_says_so()
    {
        var machine = new ScriptedMachine(Chain);
        Assert.Equal(SyncState.NoPeers, machine.Machine.Status(machine.Now).State);
    }

    private static FullBlock WithMoreWeight(FullBlock block) =>
        block with
        {
            HeaderBlock = block.HeaderBlock with { Challenge = block.HeaderBlock.Challenge! with { TotalWeight = block.Weight + 1 } },
        };
}
