using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Sync.Checkpoints;
using Chia.Sync.Machine;
using Chia.Sync.Peers;
using Chia.Sync.Targets;
using Chia.Sync.Tests.Support;
using Chia.Testing;

namespace Chia.Sync.Tests.Machine;

/// <summary>The way to the end: fork points, several peers, restarts, giving up, status (SYNC.md 7 items 7–9, 11; HOUSE.md 6).</summary>
public class SyncProgressTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private static VectorChain Chain => VectorChain.Load("fast1024");

    [Fact]
    public void A_long_chain_comes_from_four_peers_at_once_without_asking_for_anything_twice()
    {
        var chain = VectorChain.Load("long1500");
        var world = new SmallWorld(1, chain, chain.Prefix(1), [], [PeerBehaviour.Honest, PeerBehaviour.Honest, PeerBehaviour.Honest,
            PeerBehaviour.Honest]);
        world.RunToTheEnd(Limit);
        Assert.Equal(SyncOutcome.Reached, Assert.Single(world.Net.Outcomes).Outcome);
        Assert.Empty(world.Net.Blames);
        Assert.Equal(1500, world.Net.HeadersChecked);
        Assert.Equal(1500, world.Net.BlocksRequested);
        Assert.Equal(4, world.Net.Requests.OfType<SyncEffect.RequestBlocks>().Select(r => r.Peer).Distinct().Count());
        Assert.InRange(world.Net.Requests.OfType<SyncEffect.RequestHeaders>().Count(), 1500 / 25, 75);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(41)]
    public void A_reorganisation_fetches_only_the_branch(int own)
    {
        var fork = VectorChain.Load("small40", fork: true);
        var world = new SmallWorld(3, fork, VectorChain.Load("small40").Prefix(own), [], [PeerBehaviour.Honest]);
        world.RunToTheEnd(Limit);
        var shared = Math.Min(own - 1, (int)VectorChain.Load("small40").Hashes.TakeWhile((h, i) => h == fork.Hashes[i]).Count() - 1);
        Assert.Equal((int)fork.Height - shared, world.Net.BlocksRequested);
        Assert.Equal(fork.TipHash, world.Net.Own.Heaviest.HeaderHash());
    }

    [Fact]
    public void News_of_our_chain_that_was_overtaken_by_younger_news_is_ignored()
    {
        var machine = new ScriptedMachine(Chain, own: 30);
        machine.SetOwn(20);
        machine.Connect("a");
        machine.Announce("a", Chain.Blocks[25]);
        machine.Wait(5);
        Assert.DoesNotContain(machine.All, effect => effect is SyncEffect.CheckTarget);

        machine.Announce("a", Chain.Blocks[55]);
        machine.Wait(5);
        Assert.Equal(55u, machine.Latest<SyncEffect.CheckTarget>().Block.Height);
    }

    [Fact]
    public void A_restart_neither_checks_headers_nor_fetches_blocks_again()
    {
        var first = new ScriptedMachine(Chain);
        first.StartHeaders("a");
        first.FinishHeaders();
        var request = first.All.OfType<SyncEffect.RequestBlocks>().First(r => r.First == 6);
        first.Blocks("a", request.First, request.Count);
        var stored = first.The<SyncEffect.StoreBlocks>().Blocks;
        Assert.Equal(SyncCheckpointError.None,
            SyncCheckpointCodec.TryDecode(SyncCheckpointCodec.Encode(first.Latest<SyncEffect.SaveCheckpoint>().Checkpoint),
                out var checkpoint));

        var second = new ScriptedMachine(Chain, own: 4);
        second.Do(now => new SyncEvent.Resume(now, checkpoint!, stored));
        Assert.Equal(Chain.Hashes, second.The<SyncEffect.FindForkPoint>().Hashes);
        second.Fork(3);
        Assert.Equal(SyncPhase.Blocks, second.Machine.Phase);
        Assert.Equal(SyncState.NoPeers, second.Machine.Status(second.Now).State);
        second.Connect("b");
        second.Announce("b");
        var asked = second.All.OfType<SyncEffect.RequestBlocks>().SelectMany(r => Enumerable.Range((int)r.First, r.Count)).ToList();
        Assert.Equal([4, 5], asked.Order().TakeWhile(h => h < 11));
        Assert.DoesNotContain(second.All,
            e => e is SyncEffect.RequestHeaders or SyncEffect.CheckHeaders or SyncEffect.RequestHeaderHashes);
        second.Blocks("b", 4, 2);
        Assert.Equal((4u, 7), (second.The<SyncEffect.ApplyBlocks>().First, second.The<SyncEffect.ApplyBlocks>().Blocks.Count));
    }

    [Fact]
    public void A_checkpoint_that_our_chain_outgrew_or_left_is_forgotten()
    {
        var first = new ScriptedMachine(Chain, own: 20);
        first.StartHeaders("a");
        var checkpoint = first.Latest<SyncEffect.SaveCheckpoint>().Checkpoint;

        var outgrown = new ScriptedMachine(Chain, own: 61);
        outgrown.Do(now => new SyncEvent.Resume(now, checkpoint, []));
        Assert.Equal(SyncOutcome.CheckpointObsolete, outgrown.The<SyncEffect.Finished>().Outcome);
        outgrown.The<SyncEffect.ClearSyncCollection>();

        var rewound = new ScriptedMachine(Chain, own: 10);
        rewound.Do(now => new SyncEvent.Resume(now, checkpoint, []));
        rewound.Fork(null);
        Assert.Equal(SyncOutcome.CheckpointObsolete, rewound.The<SyncEffect.Finished>().Outcome);
    }

    [Fact]
    public void Verified_headers_outlive_their_target()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("a");
        machine.Announce("a", Chain.Blocks[40]);
        machine.Passes();
        machine.Hashes("a", Chain.Hashes[..41]);
        machine.Fork(0);
        var shorter = new ScriptedMachine(Chain.Prefix(41));
        machine.Do(now => new SyncEvent.HeadersArrived(now, (PeerName)"a", Chain.Hashes[40],
            [.. shorter.Chain.Blocks.Skip(1).Take(25).Select(b => b.HeaderBlock)]));
        machine.HeadersPass();
        Assert.Equal(24, machine.Machine.VerifiedRecords.Count);
        // Silence ends the target; a child of it comes up with the next peer.
        machine.Do(now => new SyncEvent.PeerGone(now, (PeerName)"a"));
        machine.Connect("b");
        machine.Announce("b");
        for (var i = 0; i < 20 && machine.Machine.TargetHash != Chain.TipHash; i++)
            machine.Wait(10);
        machine.Passes();
        machine.Hashes("b");
        machine.Fork(0);
        Assert.Equal(24, machine.Machine.VerifiedRecords.Count);
        Assert.Equal(25u, machine.Last.OfType<SyncEffect.RequestHeaders>().Min(r => r.First));
    }

    [Fact]
    public void The_fork_point_is_lowered_once_for_the_other_form_of_our_block()
    {
        var machine = new ScriptedMachine(Chain, own: 11);
        machine.StartHeaders("a");
        machine.Headers("a", 11, 25);
        machine.HeadersPass(failAt: 11, FailureScope.ForkPoint);
        Assert.Empty(machine.Blames);
        Assert.Equal(10u, machine.Last.OfType<SyncEffect.RequestHeaders>().Min(r => r.First));
        machine.Headers("a", 10, 25);
        machine.HeadersPass(failAt: 10, FailureScope.ForkPoint);
        Assert.Equal(BlameReason.InvalidChain, machine.Blames.Single().Reason);
    }

    [Fact]
    public void Announcements_after_the_connection_ended_do_not_bring_the_peer_back()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("a");
        machine.Do(now => new SyncEvent.PeerGone(now, (PeerName)"a"));
        machine.Announce("a");
        machine.Wait(10);
        Assert.Equal(SyncState.NoPeers, machine.Machine.Status(machine.Now).State);
        Assert.Equal(SyncPhase.Idle, machine.Machine.Phase);
    }

    [Fact]
    public void Our_own_chain_overtaking_ends_it()
    {
        var machine = new ScriptedMachine(Chain, own: 20);
        machine.StartHeaders("a");
        machine.SetOwn((int)Chain.Height);
        Assert.Equal(SyncOutcome.CaughtUp, machine.The<SyncEffect.Finished>().Outcome);
        Assert.Equal(SyncPhase.Idle, machine.Machine.Phase);
    }

    [Fact]
    public void The_end_is_judged_by_weight_and_better_near_tips_are_handed_back()
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("a");
        machine.Announce("a", Chain.Blocks[57]);
        machine.Passes();
        machine.Hashes("a", Chain.Hashes[..58]);
        machine.Fork(0);
        machine.Connect("b");
        machine.Announce("b", Chain.Tip, TipKind.Disconnected);
        var target = new ScriptedMachine(Chain.Prefix(58));
        var served = 0;
        for (var turn = 0; turn < 100 && machine.Machine.Phase != SyncPhase.Idle; turn++)
        {
            foreach (var effect in machine.All.Skip(served).ToList())
            {
                served++;
                switch (effect)
                {
                    case SyncEffect.RequestHeaders r:
                        machine.Do(now => new SyncEvent.HeadersArrived(now, r.Peer, r.Tip,
                            [.. target.Chain.Blocks.Skip((int)r.First).Take(r.Count).Select(b => b.HeaderBlock)]));
                        break;
                    case SyncEffect.RequestBlocks r:
                        machine.Do(now => new SyncEvent.BlocksArrived(now, r.Peer, r.Tip,
                            [.. target.Chain.Blocks.Skip((int)r.First).Take(r.Count)]));
                        break;
                    case SyncEffect.CheckHeaders:
                        machine.HeadersPass();
                        break;
                    case SyncEffect.ApplyBlocks:
                        machine.BlocksPass();
                        break;
                }
            }
        }

        var finished = machine.Latest<SyncEffect.Finished>();
        Assert.Equal((SyncOutcome.Reached, "b"), (finished.Outcome, Assert.Single(finished.Leftovers).Peer.ToString()));
        Assert.Empty(machine.Machine.VerifiedRecords);
        Assert.Equal(0, machine.Machine.Held);
    }

    [Fact]
    public void Progress_counts_from_the_fork_point()
    {
        var machine = new ScriptedMachine(Chain, own: 10);
        machine.StartHeaders("a");
        machine.Headers("a", 10, 25);
        machine.Wait(1);
        machine.HeadersPass();
        var status = machine.Machine.Status(machine.Now);
        Assert.Equal((SyncState.Syncing, SyncPhase.Headers, 24u, 51u), (status.State, status.Phase, status.Done, status.Total));
        Assert.Equal(24, status.Rate, 3);
        Assert.Equal((Chain.TipHash, Chain.Height), (status.TargetHash!.Value, status.TargetHeight));
    }

    [Fact]
    public void An_answer_of_the_shell_to_an_old_question_is_ignored()
    {
        var machine = new ScriptedMachine(Chain, own: 20);
        machine.StartHeaders("a");
        var old = machine.Latest<SyncEffect.FindForkPoint>().Question;
        machine.Do(now => new SyncEvent.ForkPointFound(now, old, 5));
        machine.Do(now => new SyncEvent.HeadersChecked(now, old, [], FailureScope.Target, "rule"));
        Assert.Equal(SyncPhase.Headers, machine.Machine.Phase);
        Assert.Empty(machine.Last);
    }
}
