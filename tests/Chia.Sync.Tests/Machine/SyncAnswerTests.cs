using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Sync.Machine;
using Chia.Sync.Peers;
using Chia.Sync.Targets;
using Chia.Sync.Tests.Support;
using Chia.Testing;

namespace Chia.Sync.Tests.Machine;

/// <summary>Which answers belong to a question, and what becomes of those that belong to none (DECISIONS 8; SYNC.md 7 items 5,
/// 18).</summary>
public class SyncAnswerTests
{
    private static VectorChain Chain => VectorChain.Load("fast1024");

    public static TheoryData<string> WrongAnswers =>
        ["another's", "other heights", "too many", "none", "no challenge", "another tip", "blocks", "another list", "no list"];

    [Theory, MemberData(nameof(WrongAnswers))]
    public void Whoever_answers_what_it_was_not_asked_is_blamed_at_once_and_its_ranges_go_to_another(string answer)
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("a", "b");
        var first = machine.All.OfType<SyncEffect.RequestHeaders>().First(r => r.First == 1);
        var liar = answer == "another's"
            ? machine.All.OfType<SyncEffect.RequestHeaders>().First(r => r.Peer != first.Peer).Peer
            : first.Peer;
        Answer(machine, liar, first, answer);

        Assert.Equal((liar, BlameReason.WrongAnswer), (machine.Blames.Single().Peer, machine.Blames.Single().Reason));
        Assert.Equal(0, machine.Machine.Held);
        Assert.DoesNotContain(machine.All, e => e is SyncEffect.CheckHeaders or SyncEffect.ApplyBlocks);
        machine.FinishHeaders();
        Assert.DoesNotContain(machine.Last.OfType<SyncEffect.RequestBlocks>(), r => r.Peer == liar);
        Assert.Equal(SyncPhase.Blocks, machine.Machine.Phase);
    }

    /// <summary>No wait of a minute for what a liar alone might yet give, whatever the stage.</summary>
    [Theory, InlineData(SyncPhase.HeaderHashes), InlineData(SyncPhase.Headers), InlineData(SyncPhase.Blocks)]
    public void The_target_of_a_lone_liar_is_left_for_the_next_at_once(SyncPhase stage)
    {
        var machine = new ScriptedMachine(Chain);
        machine.Connect("liar");
        machine.Announce("liar");
        machine.Passes();
        if (stage != SyncPhase.HeaderHashes)
        {
            machine.Hashes("liar");
            machine.Fork(0);
        }

        if (stage == SyncPhase.Blocks)
            machine.FinishHeaders();
        Assert.Equal(stage, machine.Machine.Phase);
        var forged = Chain.Forge(0, 50, 0);
        machine.Connect("honest");
        machine.Announce("honest", forged.Tip);
        machine.Blocks("liar", 7, 5);

        Assert.Equal(("liar", BlameReason.WrongAnswer), (machine.Blames.Single().Peer.ToString(), machine.Blames.Single().Reason));
        Assert.Equal(forged.TipHash, machine.The<SyncEffect.CheckTarget>().Target);
    }

    [Fact]
    public void Answers_that_come_late_or_twice_or_of_a_stranger_change_nothing()
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("a", "b");
        var request = machine.All.OfType<SyncEffect.RequestHeaders>().First(r => r.First == 1);
        machine.Headers("nobody", request.First, request.Count);
        machine.Wait(61);
        var held = machine.Machine.Held;
        machine.Headers(request.Peer, request.First, request.Count);
        Assert.Equal(held, machine.Machine.Held);
        machine.Hashes(machine.Latest<SyncEffect.RequestHeaderHashes>().Peer);
        Assert.Empty(machine.Blames);
        Assert.DoesNotContain(machine.All, e => e is SyncEffect.CheckHeaders or SyncEffect.ApplyBlocks);
    }

    /// <summary>Who was connected before the sync began may answer what earlier ones asked, each of several silos that went.</summary>
    [Fact]
    public void What_another_sync_asked_of_a_peer_is_no_lie_of_it()
    {
        var options = new SyncOptions();
        var machine = new ScriptedMachine(Chain);
        machine.Do(now => new SyncEvent.PeerConnected(now, (PeerName)"a", IsToldAgain: true));
        for (var i = 0; i < 4 * options.RequestsPerPeer; i++)
            machine.Headers("a", 1, 25);
        Assert.Empty(machine.Blames);
        machine.Wait(1 + (int)(2 * options.AnswerLimit).TotalSeconds);
        machine.Headers("a", 1, 25);
        Assert.Equal(BlameReason.WrongAnswer, machine.Blames.Single().Reason);
    }

    /// <summary>What a busy silo does not acknowledge in time is handed over again and again, question and answer.</summary>
    [Fact]
    public void An_answer_may_be_handed_over_many_times()
    {
        var machine = new ScriptedMachine(Chain);
        machine.StartHeaders("a");
        var asked = machine.All.OfType<SyncEffect.RequestHeaders>().ToList();
        for (var time = 0; time < 5; time++)
        {
            foreach (var request in asked)
                machine.Headers(request.Peer, request.First, request.Count);
        }

        Assert.Empty(machine.Blames);
        Assert.True(asked.Count > 1);
    }

    private static void Answer(ScriptedMachine machine, ConnectionId peer, SyncEffect.RequestHeaders asked, string answer)
    {
        switch (answer)
        {
            case "another's":
                machine.Headers(peer, asked.First, asked.Count);
                break;
            case "other heights":
                machine.Headers(peer, asked.First + 1, asked.Count);
                break;
            case "too many":
                machine.Headers(peer, asked.First, asked.Count + 1);
                break;
            case "none":
                machine.Headers(peer, asked.First, 0);
                break;
            case "no challenge":
                machine.Do(now => new SyncEvent.HeadersArrived(
                    now, peer, Chain.TipHash, [Chain.Blocks[1].HeaderBlock with { Challenge = null }]));
                break;
            case "another tip":
                machine.Do(now => new SyncEvent.HeadersArrived(now, peer, Chain.Hashes[3], [Chain.Blocks[1].HeaderBlock]));
                break;
            case "blocks":
                machine.Blocks(peer, 7, 5);
                break;
            case "another list":
                machine.Hashes(peer, Chain.Hashes[..7]);
                break;
            case "no list":
                machine.Hashes(peer, []);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(answer), answer, null);
        }
    }
}
