using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Streamable;
using Chia.Sync.Machine;
using Chia.Sync.Peers;
using Chia.Sync.Targets;
using Chia.Sync.Tests.Support;
using Chia.Testing;

namespace Chia.Sync.Tests.Machine;

/// <summary>What a mere claim costs us: time is given to bytes that arrive, never to a height that somebody names
/// (DECISIONS 19).</summary>
public class SyncClaimTests
{
    private static VectorChain Chain => VectorChain.Load("fast1024");

    /// <summary>
    /// One block of an honest chain, its height claimed to be 999,998: its hash list would take 17 minutes on a slow line.
    /// </summary>
    [Fact]
    public void A_claimed_height_gives_nobody_more_time()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("liar");
        machine.Connect("honest");
        machine.Announce("liar", FarTip());
        machine.Announce("honest");
        machine.Passes();
        Assert.Equal("liar", machine.The<SyncEffect.RequestHeaderHashes>().Peer.ToString());
        machine.Wait(4);
        Assert.Equal(TargetFailure.Overtaken, machine.The<SyncEffect.TargetDropped>().Failure);
        Assert.Equal(Chain.TipHash, machine.The<SyncEffect.CheckTarget>().Target);
        machine.Passes();
        Assert.Equal("honest", machine.The<SyncEffect.RequestHeaderHashes>().Peer.ToString());
    }

    [Fact]
    public void Another_target_takes_over_when_it_comes_up_later()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("liar");
        machine.Announce("liar", FarTip());
        machine.Passes();
        machine.Wait(10);
        machine.Connect("honest");
        machine.Announce("honest");
        Assert.Equal(Chain.TipHash, machine.The<SyncEffect.CheckTarget>().Target);
    }

    [Fact]
    public void Who_let_us_wait_once_is_not_preferred_for_its_next_claim()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("liar");
        machine.Connect("honest");
        machine.Announce("liar", FarTip());
        machine.Announce("honest");
        machine.Passes();
        machine.Wait(4);
        machine.Announce("liar", FarTip(999_997));
        machine.Passes();
        machine.Do(now => new SyncEvent.PeerGone(now, (PeerName)"honest"));
        machine.Connect("honest again");
        machine.Announce("honest again", Chain.Blocks[^2]);
        for (var i = 0; i < 30 && machine.Machine.TargetHash == Chain.TipHash; i++)
            machine.Wait(4);
        Assert.Equal(Chain.Hashes[^2], machine.Machine.TargetHash);
    }

    /// <summary>Each claim costs it a block that passes alone, and a list of made-up hashes.</summary>
    [Fact]
    public void Who_gives_a_list_and_then_nothing_is_not_preferred_for_its_next_claim()
    {
        var (first, second) = (Chain.Forge(0, Chain.Height, 1000), Chain.Forge(0, Chain.Height - 1, 2000));
        var machine = new ScriptedMachine(Chain);
        machine.Connect("liar");
        machine.Connect("honest");
        machine.Announce("liar", first.Tip);
        machine.Announce("honest");
        Assert.Equal(first.TipHash, machine.The<SyncEffect.CheckTarget>().Target);
        machine.Passes();
        machine.Hashes("liar", first.Hashes);
        machine.Fork(0);
        machine.Announce("liar", second.Tip);
        while (machine.Machine.TargetHash == first.TipHash)
            machine.Wait(1);
        Assert.InRange(machine.Now.TotalSeconds, 1, 20);
        Assert.Equal(Chain.TipHash, machine.The<SyncEffect.CheckTarget>().Target);
    }

    /// <summary>A block whose parts agree costs nothing: whoever sends a better one while we check the last is blamed for that
    /// all the same.</summary>
    [Theory, InlineData(FailureScope.Copy), InlineData(FailureScope.Target)]
    public void Whoever_has_announced_something_else_since_is_blamed_for_the_copy_that_fails(FailureScope scope)
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("liar");
        machine.Connect("honest");
        machine.Announce("liar", Claim(Chain.Blocks[58], 10_000));
        machine.Announce("honest");
        Assert.Equal(Chain.Hashes[58], machine.The<SyncEffect.CheckTarget>().Target);
        machine.Announce("liar", Claim(Chain.Blocks[59], 20_000));
        machine.Fails(scope);
        Assert.Equal(("liar", BlameReason.InvalidTip), (machine.Blames.Single().Peer.ToString(), machine.Blames.Single().Reason));
        Assert.Equal(Chain.TipHash, machine.The<SyncEffect.CheckTarget>().Target);
    }

    [Fact]
    public void A_false_weight_is_blamed_on_whoever_has_announced_something_else_since()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("liar");
        machine.Announce("liar", Claim(Chain.Tip, 10_000));
        machine.Passes();
        machine.Hashes("liar");
        machine.Fork(0);
        machine.Announce("liar", Claim(Chain.Blocks[59], 20_000));
        machine.FinishHeaders();
        Assert.Equal(("liar", BlameReason.FalseWeight), (machine.Blames.Single().Peer.ToString(), machine.Blames.Single().Reason));

        var ours = new ScriptedMachine(Chain, own: 61);
        ours.Connect("liar");
        ours.Announce("liar", Claim(Chain.Tip, 10_000));
        ours.Passes();
        ours.Hashes("liar");
        ours.Announce("liar", Claim(Chain.Blocks[59], 20_000));
        ours.Fork(Chain.Height);
        Assert.Equal(BlameReason.FalseWeight, ours.Blames.Single().Reason);
    }

    /// <summary>A timestamp ahead of our clock is such a fault: anybody can write one.</summary>
    [Fact]
    public void Whose_target_failed_by_a_fault_of_ours_is_not_preferred_for_its_next_claim()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("ahead");
        machine.Connect("honest");
        machine.Announce("ahead", Claim(Chain.Blocks[58], 10_000));
        machine.Announce("honest");
        machine.Announce("ahead", Claim(Chain.Blocks[59], 20_000));
        machine.Fails(FailureScope.Local);
        Assert.Empty(machine.Blames);
        Assert.Equal(Chain.TipHash, machine.The<SyncEffect.CheckTarget>().Target);
    }

    [Fact]
    public void A_hash_list_of_which_no_byte_comes_is_given_up_whatever_its_claimed_length()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("liar");
        machine.Announce("liar", FarTip());
        machine.Passes();
        machine.Wait(19);
        Assert.Equal(1, machine.Machine.Status(machine.Now).OpenRequests);
        machine.Wait(1);
        Assert.Equal(0, machine.Machine.Status(machine.Now).OpenRequests);
    }

    [Fact]
    public void A_hash_list_whose_bytes_arrive_is_waited_for_however_long_it_takes()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("slow");
        machine.Announce("slow");
        machine.Passes();
        for (var i = 0; i < 50; i++)
        {
            machine.Wait(10);
            machine.Do(now => new SyncEvent.AnswerProgress(now, (PeerName)"slow"));
            Assert.Equal(SyncState.Syncing, machine.Machine.Status(machine.Now).State);
        }

        machine.Wait(20);
        Assert.Equal(0, machine.Machine.Status(machine.Now).OpenRequests);
        Assert.Single(machine.All.OfType<SyncEffect.RequestHeaderHashes>());
    }

    [Fact]
    public void A_hash_list_that_was_overtaken_is_not_asked_for_again()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("slow");
        machine.Announce("slow");
        machine.Passes();
        machine.Connect("liar");
        machine.Announce("liar", FarTip());
        machine.Wait(4);
        Assert.Equal((TargetFailure.Overtaken, "slow"),
            (machine.The<SyncEffect.TargetDropped>().Failure, Assert.Single(machine.The<SyncEffect.TargetDropped>().Announcers)
                .ToString()));
        machine.Passes();
        Assert.Equal("liar", machine.The<SyncEffect.RequestHeaderHashes>().Peer.ToString());

        // It comes at last, and its target is taken up again as soon as the other one lets us wait.
        machine.Hashes("slow");
        machine.Wait(4);
        Assert.Equal(Chain.TipHash, machine.The<SyncEffect.CheckTarget>().Target);
        machine.Passes();
        Assert.Equal(SyncPhase.ForkPoint, machine.Machine.Phase);
        Assert.Equal(Chain.Hashes, machine.The<SyncEffect.FindForkPoint>().Hashes);
        Assert.Equal(2, machine.All.OfType<SyncEffect.RequestHeaderHashes>().Count());
    }

    [Fact]
    public void A_hash_list_that_is_still_to_come_is_waited_for_when_its_target_is_taken_up_again()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("slow");
        machine.Announce("slow");
        machine.Passes();
        machine.Connect("liar");
        machine.Announce("liar", FarTip());
        machine.Wait(4);
        machine.Passes();
        machine.Do(now => new SyncEvent.PeerGone(now, (PeerName)"liar"));
        for (var i = 0; i < 40 && machine.Machine.TargetHash != Chain.TipHash; i++)
            machine.Wait(2);
        machine.Passes();
        machine.Hashes("slow");
        Assert.Equal(SyncPhase.ForkPoint, machine.Machine.Phase);
        Assert.Single(machine.All.OfType<SyncEffect.RequestHeaderHashes>(), r => r.Peer.ToString() == "slow" && r.Tip == Chain.TipHash);
    }

    /// <summary>Whoever has seen an honest peer's tip is not behind because somebody claims more and shows nothing.</summary>
    [Fact]
    public void A_claim_that_nobody_proves_makes_us_neither_stalled_nor_behind()
    {
        var machine = new ScriptedMachine(Chain, own: Chain.Blocks.Count);
        machine.Connect("honest");
        machine.Announce("honest", Chain.Tip, TipKind.Connected);
        machine.Connect("liar");
        machine.Announce("liar", FarTip());
        machine.Passes();
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(SyncState.Synced, machine.Machine.Status(machine.Now).State);
            machine.Wait(5);
        }

        // With nobody else there it may be true, and nothing goes on.
        var alone = new ScriptedMachine(Chain, own: Chain.Blocks.Count);
        alone.Connect("liar");
        alone.Announce("liar", FarTip());
        alone.Passes();
        alone.Wait(21);
        Assert.Equal(SyncState.Stalled, alone.Machine.Status(alone.Now).State);
    }

    /// <summary>A copy of a block that claims another weight.</summary>
    private static FullBlock Claim(FullBlock block, ulong weight) => block with
    {
        HeaderBlock = block.HeaderBlock with { Challenge = block.HeaderBlock.Challenge! with { TotalWeight = weight } },
    };

    private static FullBlock FarTip(uint height = 999_998)
    {
        var tip = Chain.Tip;
        var body = tip.Body with { Coinbase = tip.Body.Coinbase with { Height = height } };
        var header = tip.HeaderBlock.Header with { Data = tip.HeaderBlock.Header.Data with { BodyHash = body.Sha256() } };
        var challenge = tip.HeaderBlock.Challenge! with { Height = height, TotalWeight = 1_000_000_000_000 };
        return tip with { HeaderBlock = tip.HeaderBlock with { Header = header, Challenge = challenge }, Body = body };
    }
}
