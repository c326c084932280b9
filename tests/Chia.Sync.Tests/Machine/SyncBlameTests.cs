using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Sync.Machine;
using Chia.Sync.Peers;
using Chia.Sync.Targets;
using Chia.Sync.Tests.Support;
using Chia.Testing;

namespace Chia.Sync.Tests.Machine;

/// <summary>Who is blamed for what, and what is ignored quietly (SYNC.md 7 items 5, 6, 17, 18; CONSENSUS.md 18.1).</summary>
public class SyncBlameTests
{
    private static VectorChain Chain => VectorChain.Load("fast1024");

    [Fact]
    public void A_list_of_the_wrong_length_or_genesis_is_a_lie()
    {
        var machine = new ScriptedMachine(Chain);
        foreach (var peer in new[] { "a", "b", "c" })
            machine.Connect(peer);
        foreach (var peer in new[] { "a", "b", "c" })
            machine.Announce(peer);
        machine.Passes();
        var first = machine.Latest<SyncEffect.RequestHeaderHashes>().Peer;
        machine.Hashes(first, [.. Chain.Hashes[..5], .. Chain.Hashes[6..]]);
        Assert.Equal((first, BlameReason.WrongHashList), (machine.Blames.Single().Peer, machine.Blames.Single().Reason));
        var second = machine.The<SyncEffect.RequestHeaderHashes>().Peer;
        Assert.NotEqual(first, second);
        machine.Hashes(second, [Chain.Hashes[1], .. Chain.Hashes[1..]]);
        Assert.Equal([first, second], machine.Blames.Select(b => b.Peer));
        machine.Hashes(machine.The<SyncEffect.RequestHeaderHashes>().Peer);
        Assert.Equal(SyncPhase.ForkPoint, machine.Machine.Phase);
    }

    [Fact]
    public void A_list_that_contradicts_our_chain_is_a_lie()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("a");
        machine.Announce("a");
        machine.Passes();
        machine.Hashes("a");
        machine.Fork(null);
        Assert.Equal(BlameReason.WrongHashList, machine.Blames.Single().Reason);
    }

    [Fact]
    public void A_list_that_could_not_be_compared_with_our_chain_is_nobodys_fault_and_its_target_is_tried_again()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("a");
        machine.Announce("a");
        machine.Passes();
        machine.Hashes("a");
        var question = machine.The<SyncEffect.FindForkPoint>().Question;
        machine.Do(now => new SyncEvent.ForkPointFound(now, question, null, "a fault of ours"));
        Assert.Empty(machine.Blames);
        Assert.Equal(TargetFailure.Local, machine.The<SyncEffect.TargetDropped>().Failure);
        machine.Wait(60);
        machine.Wait(2);
        Assert.Equal(2, machine.All.OfType<SyncEffect.CheckTarget>().Count());
    }

    [Fact]
    public void A_list_is_asked_of_another_peer_after_seconds_of_silence_and_the_first_may_still_answer()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("a");
        machine.Connect("b");
        machine.Announce("a");
        machine.Announce("b");
        machine.Passes();
        var first = machine.Latest<SyncEffect.RequestHeaderHashes>().Peer;
        machine.Wait(4.1);
        var second = machine.The<SyncEffect.RequestHeaderHashes>().Peer;
        Assert.NotEqual(first, second);
        machine.Hashes(first);
        Assert.Equal(SyncPhase.ForkPoint, machine.Machine.Phase);
        machine.Hashes(second);
        Assert.Empty(machine.Blames);
    }

    [Fact]
    public void Whoever_contradicts_a_list_is_blamed_only_when_the_list_is_proven()
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("a", "b");
        var giver = machine.Latest<SyncEffect.RequestHeaderHashes>().Peer;
        var other = giver.ToString() == "a" ? "b" : "a";
        var forged = Chain.Forge(0, Chain.Height, 0);
        var request = machine.All.OfType<SyncEffect.RequestHeaders>().First(r => r.Peer.ToString() == other);
        machine.Headers(other, request.First, request.Count, forged);
        Assert.Empty(machine.Blames);
        Assert.Contains(machine.Last.OfType<SyncEffect.RequestHeaders>(), r => r.First == request.First);
        Assert.All(machine.Last.OfType<SyncEffect.RequestHeaders>(), r => Assert.Equal(giver, r.Peer));
        machine.FinishHeaders();
        Assert.Equal((other, BlameReason.WrongHeaders), (machine.Blames.Single().Peer.ToString(), machine.Blames.Single().Reason));
        Assert.Equal(SyncPhase.Blocks, machine.Machine.Phase);
    }

    [Fact]
    public void Whoever_contradicts_its_own_list_is_blamed_at_once()
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("a");
        var request = machine.All.OfType<SyncEffect.RequestHeaders>().First();
        machine.Headers("a", request.First, request.Count, Chain.Forge(0, Chain.Height, 0));
        Assert.Equal(BlameReason.WrongHeaders, machine.Blames.Single().Reason);
    }

    [Fact]
    public void Headers_that_break_a_list_condemn_its_givers_and_not_an_honest_announcer()
    {
        var forged = Chain.Forge(20, Chain.Height, 0);
        var machine = new ScriptedMachine(Chain);
        machine.Connect("liar");
        machine.Announce("liar");
        machine.Passes();
        machine.Hashes("liar", [.. Chain.Hashes[..21], .. forged.Hashes[21..^1], Chain.TipHash]);
        machine.Fork(0);
        var request = machine.All.OfType<SyncEffect.RequestHeaders>().Single(r => r.First + r.Count > Chain.Height);
        machine.Connect("honest");
        machine.Announce("honest");
        machine.Headers("liar", request.First, request.Count, new VectorChain([.. forged.Blocks.SkipLast(1), Chain.Tip]));
        Assert.Equal(("liar", BlameReason.FalseChain), (machine.Blames.Single().Peer.ToString(), machine.Blames.Single().Reason));
        Assert.Equal("honest", machine.The<SyncEffect.RequestHeaderHashes>().Peer.ToString());
    }

    [Fact]
    public void A_broken_rule_in_a_header_condemns_list_givers_and_sender_and_the_next_list_is_asked_for()
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("a");
        machine.Connect("b");
        machine.Announce("b");
        var first = machine.All.OfType<SyncEffect.RequestHeaders>().First(r => r.First == 1);
        machine.Headers(first.Peer, first.First, first.Count);
        machine.HeadersPass(failAt: 7, FailureScope.Target);
        Assert.Equal(("a", BlameReason.InvalidChain), (machine.Blames.Single().Peer.ToString(), machine.Blames.Single().Reason));
        Assert.Equal("b", machine.The<SyncEffect.RequestHeaderHashes>().Peer.ToString());
        // The same list once more is a lie by itself.
        machine.Hashes("b");
        Assert.Equal(("b", BlameReason.FalseChain), (machine.Blames.Last().Peer.ToString(), machine.Blames.Last().Reason));
    }

    [Fact]
    public void A_bad_header_copy_costs_its_sender_and_is_asked_of_another()
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("a", "b");
        var first = machine.All.OfType<SyncEffect.RequestHeaders>().First(r => r.First == 1);
        machine.Headers(first.Peer, first.First, first.Count);
        machine.HeadersPass(failAt: 7, FailureScope.Copy);
        Assert.Equal((first.Peer, BlameReason.InvalidHeaderCopy), (machine.Blames.Single().Peer, machine.Blames.Single().Reason));
        Assert.All(machine.Last.OfType<SyncEffect.RequestHeaders>(), r => Assert.NotEqual(first.Peer, r.Peer));
        // Not one header of the liar is kept, however good the others look.
        Assert.Contains(machine.Last.OfType<SyncEffect.RequestHeaders>(), r => r.First == 7
            && r.First + r.Count == first.First + first.Count);
    }

    [Theory]
    [InlineData("weight")]
    [InlineData("output hash")]
    [InlineData("previous challenge")]
    [InlineData("missing")]
    [InlineData("iterations")]
    public void A_header_copy_that_its_successor_or_its_parts_refute_is_blamed_before_any_check(string part)
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("a", "b");
        var first = machine.All.OfType<SyncEffect.RequestHeaders>().First(r => r.First == 1);
        var headers = Chain.Blocks.Skip(1).Take(first.Count).Select(b => b.HeaderBlock).ToArray();
        var (challenge, time) = (headers[3].Challenge!, headers[3].ProofOfTime!);
        headers[3] = part switch
        {
            "weight" => headers[3] with { Challenge = challenge with { TotalWeight = 1 } },
            "output hash" => headers[3] with { Challenge = challenge with { ProofOfTimeOutputHash = default } },
            "previous challenge" => headers[3] with { Challenge = challenge with { PrevChallengeHash = default } },
            "missing" => headers[3] with { Challenge = null },
            _ => headers[3] with { ProofOfTime = time with { NumberOfIterations = 1 } },
        };
        machine.Do(now => new SyncEvent.HeadersArrived(now, first.Peer, Chain.TipHash, headers));
        Assert.Equal((first.Peer, BlameReason.InvalidHeaderCopy), (machine.Blames.Single().Peer, machine.Blames.Single().Reason));
        Assert.DoesNotContain(machine.All, e => e is SyncEffect.CheckHeaders);
    }

    [Fact]
    public void A_bad_block_copy_costs_its_sender_and_is_asked_of_another()
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("a", "b");
        machine.FinishHeaders();
        var first = machine.All.OfType<SyncEffect.RequestBlocks>().First(r => r.First == 1);
        machine.Blocks(first.Peer, first.First, first.Count);
        machine.BlocksPass(failAt: 3);
        Assert.Equal((first.Peer, BlameReason.InvalidBlockCopy), (machine.Blames.Single().Peer, machine.Blames.Single().Reason));
        // The other peer is busy with as many requests as it is given; one of them answered, there is room.
        var next = machine.All.OfType<SyncEffect.RequestBlocks>().First(r => r.Peer != first.Peer);
        machine.Blocks(next.Peer, next.First, next.Count);
        var again = machine.Last.OfType<SyncEffect.RequestBlocks>().First();
        Assert.Equal((3u, 5), (again.First, again.Count));
        Assert.NotEqual(first.Peer, again.Peer);
    }

    [Fact]
    public void A_block_that_breaks_a_covered_rule_condemns_the_target_and_all_who_vouched_for_it()
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("a", "b");
        machine.FinishHeaders();
        var first = machine.All.OfType<SyncEffect.RequestBlocks>().First(r => r.First == 1);
        machine.Blocks(first.Peer, first.First, first.Count);
        machine.BlocksPass(failAt: 3, FailureScope.Target);
        Assert.Equal(["a", "b"], machine.Blames.Select(b => b.Peer.ToString()).Order());
        Assert.Equal(TargetFailure.InvalidChain, machine.The<SyncEffect.TargetDropped>().Failure);
        Assert.Equal(SyncOutcome.NoTargetLeft, machine.The<SyncEffect.Finished>().Outcome);
    }

    [Fact]
    public void A_false_weight_is_blamed_when_the_headers_prove_another_and_the_sync_goes_on()
    {
        var machine = new ScriptedMachine(Chain);
        var challenge = Chain.Tip.HeaderBlock.Challenge!;
        machine.Connect("liar");
        machine.Connect("honest");
        machine.Announce("liar",
            Chain.Tip with { HeaderBlock = Chain.Tip.HeaderBlock with { Challenge = challenge with { TotalWeight = 1_000_000 } } });
        machine.Announce("honest");
        machine.Passes();
        machine.Hashes(machine.Latest<SyncEffect.RequestHeaderHashes>().Peer);
        machine.Fork(0);
        Assert.Equal(1_000_000ul, machine.Machine.Status(machine.Now).TargetWeight);
        machine.FinishHeaders();
        Assert.Equal(("liar", BlameReason.FalseWeight), (machine.Blames.Single().Peer.ToString(), machine.Blames.Single().Reason));
        Assert.Equal(SyncPhase.Blocks, machine.Machine.Phase);
        Assert.Equal(Chain.Tip.Weight, machine.Machine.Status(machine.Now).TargetWeight);
    }

    [Fact]
    public void A_claim_of_more_weight_for_a_block_that_is_ours_is_a_lie()
    {
        var machine = new ScriptedMachine(Chain, own: 61);
        var challenge = Chain.Tip.HeaderBlock.Challenge!;
        machine.Connect("liar");
        machine.Announce("liar",
            Chain.Tip with { HeaderBlock = Chain.Tip.HeaderBlock with { Challenge = challenge with { TotalWeight = 1_000_000 } } });
        machine.Passes();
        machine.Hashes("liar");
        machine.Fork(Chain.Height);
        Assert.Equal(BlameReason.FalseWeight, machine.Blames.Single().Reason);
        Assert.DoesNotContain(machine.All, e => e is SyncEffect.RequestHeaders);
    }

    [Fact]
    public void A_prefix_is_taken_and_the_rest_asked_for_again()
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("a");
        Assert.Contains(machine.All.OfType<SyncEffect.RequestHeaders>(), r => r is { First: 1, Count: 25 });
        machine.Headers("a", 1, 10);
        // The tenth is not pinned by a successor.
        Assert.Equal(9, machine.The<SyncEffect.CheckHeaders>().Headers.Count);
        var rest = machine.Last.OfType<SyncEffect.RequestHeaders>().Single();
        Assert.Equal((10u, 16), (rest.First, rest.Count));
        Assert.Empty(machine.Blames);
    }

    [Fact]
    public void An_overdue_range_goes_to_another_peer_and_the_slow_one_is_not_blamed()
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("a", "b");
        var requests = machine.All.OfType<SyncEffect.RequestHeaders>().ToList();
        var slow = requests.First(r => r.First == 1).Peer;
        foreach (var request in requests.Where(r => r.Peer != slow))
            machine.Headers(request.Peer, request.First, request.Count);
        machine.Wait(4);
        Assert.Contains(machine.Last.OfType<SyncEffect.RequestHeaders>(), r => r.First == 1 && r.Peer != slow);
        Assert.DoesNotContain(machine.Last.OfType<SyncEffect.RequestHeaders>(), r => r.Peer == slow);
        machine.Headers(slow, 1, 25);
        Assert.Equal(1u, machine.The<SyncEffect.CheckHeaders>().First);
        Assert.Empty(machine.Blames);
    }

    [Fact]
    public void A_peer_that_goes_is_replaced_at_once()
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("a", "b");
        var gone = machine.All.OfType<SyncEffect.RequestHeaders>().First(r => r.First == 1).Peer;
        machine.Do(now => new SyncEvent.PeerGone(now, gone));
        Assert.Contains(machine.Last.OfType<SyncEffect.RequestHeaders>(), r => r.First == 1 && r.Peer != gone);
    }
}
