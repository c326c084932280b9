using Chia.Protocol.Outcomes;
using Chia.Sync.Machine;
using Chia.Sync.Peers;
using Chia.Sync.Targets;
using Chia.Sync.Tests.Support;
using Chia.Testing;

namespace Chia.Sync.Tests.Machine;

/// <summary>How long silence and slowness are borne, and whose they are (SYNC.md 7 items 8, 17; DECISIONS 11, 19).</summary>
public class SyncPatienceTests
{
    private static VectorChain Chain => VectorChain.Load("fast1024");

    [Fact]
    public void A_silent_announcer_is_asked_a_few_times_then_given_up_and_another_revives_the_target()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("mute");
        machine.Announce("mute");
        machine.Passes();
        machine.Wait(60);
        var status = machine.Machine.Status(machine.Now);
        Assert.Equal((SyncState.Stalled, StatusReason.PeersDoNotAnswer), (status.State, status.Stall));
        for (var i = 0; i < 40 && machine.Machine.Phase != SyncPhase.Idle; i++)
            machine.Wait(10);
        Assert.Equal(3, machine.All.OfType<SyncEffect.RequestHeaderHashes>().Count());
        Assert.Equal((BlameReason.AnnouncedButSilent, BlameKind.Unhelpful), (machine.Blames.Single().Reason,
            machine.Blames.Single().Kind));
        Assert.Equal(SyncOutcome.NoTargetLeft, machine.Latest<SyncEffect.Finished>().Outcome);
        machine.Announce("mute");
        machine.Wait(10);
        Assert.Equal(SyncPhase.Idle, machine.Machine.Phase);
        machine.Connect("other");
        machine.Announce("other");
        machine.Wait(2);
        Assert.Equal(SyncPhase.CheckingTarget, machine.Machine.Phase);
    }

    /// <summary>Where no new block comes nothing else is announced.</summary>
    [Fact]
    public void An_announcer_that_was_only_busy_is_asked_again_later()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("busy");
        machine.Announce("busy");
        machine.Passes();
        while (machine.Machine.Phase != SyncPhase.Idle)
            machine.Wait(10);
        var (asked, since) = (machine.All.OfType<SyncEffect.CheckTarget>().Count(), machine.Now);
        while (machine.All.OfType<SyncEffect.CheckTarget>().Count() == asked)
        {
            Assert.True(machine.Latest<SyncEffect.ScheduleTick>().At > machine.Now, "nothing will happen any more");
            machine.Wait((machine.Latest<SyncEffect.ScheduleTick>().At - machine.Now).TotalSeconds);
        }

        Assert.InRange(machine.Now - since, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10.1));
        machine.Passes();
        machine.Hashes("busy");
        Assert.Equal(SyncPhase.ForkPoint, machine.Machine.Phase);
    }

    [Fact]
    public void A_silent_target_gives_way_at_once_when_another_waits()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("mute");
        machine.Connect("good");
        machine.Announce("mute");
        machine.Announce("good", Chain.Blocks[50]);
        machine.Passes();
        for (var i = 0; i < 5; i++)
            machine.Wait(10);
        Assert.Equal(Chain.Hashes[50], machine.Machine.TargetHash);
    }

    [Fact]
    public void A_trickle_of_headers_gives_way_when_another_target_waits()
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("drip");
        machine.Connect("good");
        machine.Announce("good", Chain.Blocks[50]);
        for (uint h = 1; machine.Machine.TargetHash == Chain.TipHash && machine.Now < TimeSpan.FromMinutes(3); h++)
        {
            if (machine.All.OfType<SyncEffect.RequestHeaders>().LastOrDefault(r => r.First == h) is { } asked)
            {
                machine.Headers("drip", h, Math.Min(2, asked.Count));
                machine.HeadersPass();
            }

            machine.Wait(3.5);
        }

        Assert.Equal(TargetFailure.TooSlow, machine.Latest<SyncEffect.TargetDropped>().Failure);
        Assert.Equal(Chain.Hashes[50], machine.Machine.TargetHash);
        Assert.Empty(machine.Blames);
    }

    /// <summary>Headers that hold are no proof of work: their proofs of time may be made up, and the blocks never come.</summary>
    [Fact]
    public void A_trickle_of_blocks_gives_way_when_another_target_waits()
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("drip");
        machine.FinishHeaders();
        machine.Connect("good");
        machine.Announce("good", Chain.Blocks[50]);
        for (var served = 0; machine.Machine.TargetHash == Chain.TipHash && machine.Now < TimeSpan.FromMinutes(3); served++)
        {
            // Whatever it is asked for, it gives one of.
            var asked = machine.All.OfType<SyncEffect.RequestBlocks>().Where(r => r.Peer.ToString() == "drip").ElementAt(served);
            machine.Blocks("drip", asked.First, 1);
            if (machine.Last.OfType<SyncEffect.ApplyBlocks>().Any())
                machine.BlocksPass();
            machine.Wait(1.5);
        }

        Assert.Equal(TargetFailure.TooSlow, machine.Latest<SyncEffect.TargetDropped>().Failure);
        Assert.InRange(machine.Now.TotalSeconds, 60, 65);
        Assert.Equal(Chain.Hashes[50], machine.The<SyncEffect.CheckTarget>().Target);
        Assert.Empty(machine.Blames);
        Assert.Equal(Chain.Height - 1, (uint)machine.Machine.VerifiedRecords.Count);
    }

    /// <summary>Bytes of an answer keep its question open: they alone are no reason to wait while another target waits.</summary>
    [Theory, InlineData(SyncPhase.Headers), InlineData(SyncPhase.Blocks)]
    public void An_answer_that_never_ends_gives_way_when_another_target_waits(SyncPhase stage)
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("drip");
        machine.Headers("drip", 1, 25);
        machine.HeadersPass();
        if (stage == SyncPhase.Blocks)
            machine.FinishHeaders();
        machine.Connect("good");
        machine.Announce("good", Chain.Blocks[50]);
        while (machine.Machine.TargetHash == Chain.TipHash && machine.Now < TimeSpan.FromMinutes(10))
        {
            machine.Do(now => new SyncEvent.AnswerProgress(now, (PeerName)"drip"));
            machine.Wait(2);
        }

        Assert.Equal(TargetFailure.TooSlow, machine.Latest<SyncEffect.TargetDropped>().Failure);
        Assert.InRange(machine.Now.TotalSeconds, 60, 65);
    }

    [Fact]
    public void Slow_checks_of_ours_make_no_target_give_way()
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("a");
        machine.FinishHeaders();
        machine.Connect("other");
        machine.Announce("other", Chain.Blocks[50]);
        for (var served = 0; machine.Machine.Phase == SyncPhase.Blocks;)
        {
            for (; machine.All.OfType<SyncEffect.RequestBlocks>().ElementAtOrDefault(served) is { } asked; served++)
                machine.Blocks(asked.Peer, asked.First, asked.Count);

            machine.Wait(100);
            machine.BlocksPass();
        }

        Assert.Equal(SyncOutcome.Reached, machine.Latest<SyncEffect.Finished>().Outcome);
    }

    [Fact]
    public void Slow_validation_of_ours_is_named_as_the_reason()
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("a");
        machine.FinishHeaders();
        machine.Blocks("a", 1, 5);
        machine.Wait(1);
        Assert.Equal(SyncState.Syncing, machine.Machine.Status(machine.Now).State);
        machine.Wait(40);
        Assert.Equal(StatusReason.ValidationSlow, machine.Machine.Status(machine.Now).Stall);
    }
}
