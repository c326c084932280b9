using Chia.Protocol.Primitives;
using Chia.Sync.HashLists;
using Chia.Sync.Peers;
using Chia.Sync.Questions;
using Chia.Sync.Ranges;
using Chia.Sync.Requests;
using Chia.Sync.Tests.Support;
using Chia.Testing;

namespace Chia.Sync.Tests.Peers;

/// <summary>Who is asked for what, how long an answer is waited for, and what is kept of late ones (SYNC.md 7).</summary>
public sealed class PeerChoiceTests
{
    private static readonly VectorChain Chain = VectorChain.Load("small40");
    private static readonly SyncOptions Options = new();

    private readonly PeerTable _peers = new(Options, new Random(1));
    private readonly PendingRequests _requests = new(Options);

    [Fact]
    public void Who_has_the_target_is_asked_before_who_only_might_and_the_fast_before_the_slow()
    {
        foreach (var name in new[] { "slow", "fast", "might" })
            _peers.Add((PeerName)name);
        Peer("slow").Announce(Chain.TipHash, Chain.Tip, 8);
        Peer("fast").Announce(Chain.TipHash, Chain.Tip, 8);
        Peer("slow").Measure(TimeSpan.FromSeconds(3), 10);
        Peer("fast").Measure(TimeSpan.FromSeconds(0.2), 10);
        Peer("might").Measure(TimeSpan.FromSeconds(0.01), 10);
        Assert.Equal(["fast", "slow", "might"], Candidates());

        // What is open at a peer makes its next answer later.
        Peer("fast").Open = 3;
        Peer("slow").Measure(TimeSpan.Zero, 10);
        Peer("slow").Measure(TimeSpan.Zero, 10);
        Peer("slow").Measure(TimeSpan.Zero, 10);
        Peer("slow").Measure(TimeSpan.Zero, 10);
        Peer("slow").Measure(TimeSpan.Zero, 10);
        Assert.Equal(["slow", "fast", "might"], Candidates());
    }

    [Fact]
    public void Who_lied_is_silent_contradicts_or_has_enough_to_do_is_not_asked()
    {
        foreach (var name in new[] { "liar", "silent", "contradicts", "overdue", "busy", "stranger", "free" })
            _peers.Add((PeerName)name).Answered = name != "stranger";
        Peer("liar").Excluded = true;
        Peer("silent").Silent = true;
        Peer("contradicts").Contradicts = true;
        Peer("overdue").Overdue = 1;
        Peer("busy").Open = Options.RequestsPerPeer;
        Peer("stranger").Open = 1;
        Assert.Equal(["free"], Candidates());

        Assert.True(_peers.ForgiveSilence());
        Assert.Equal(["free", "silent"], Candidates().Order());
        _peers.ForgetTarget();
        Assert.DoesNotContain("liar", Candidates());
        Assert.Equal(6, Candidates().Count);
    }

    [Fact]
    public void A_peer_has_what_it_announced_or_the_parent_of_it_and_is_remembered_for_the_last_few()
    {
        var peer = _peers.Add((PeerName)"a");
        Assert.False(_peers.AllAnnounced());
        foreach (var block in Chain.Blocks.Skip(1))
            peer.Announce(block.HeaderHash(), block, 8);
        Assert.True(_peers.AllAnnounced());
        Assert.True(peer.Announced(Chain.TipHash));
        Assert.True(peer.Announced(Chain.Hashes[(int)Chain.Height - 8]));
        Assert.False(peer.Announced(Chain.Hashes[(int)Chain.Height - 9]));
    }

    [Fact]
    public void Patience_is_four_times_the_usual_within_bounds()
    {
        var peer = _peers.Add((PeerName)"a");
        Assert.Equal(Options.InitialPatience, peer.Patience(Options));
        peer.Measure(TimeSpan.FromSeconds(1), 10);
        Assert.Equal(TimeSpan.FromSeconds(4), peer.Patience(Options));
        peer.Measure(TimeSpan.FromSeconds(1000), 10);
        Assert.Equal(Options.MaxPatience, peer.Patience(Options));
        var fast = _peers.Add((PeerName)"b");
        fast.Measure(TimeSpan.FromMilliseconds(1), 10);
        Assert.Equal(Options.MinPatience, fast.Patience(Options));
    }

    [Fact]
    public void A_first_answer_is_waited_for_less_long_than_those_of_who_has_answered()
    {
        var peer = _peers.Add((PeerName)"a");
        var now = TimeSpan.FromSeconds(100);
        Assert.Equal(now + Options.FirstAnswerLimit, _requests.Open(peer, RequestKind.Headers, Chain.TipHash, 1, 24, 25, now).SilentAt);
        peer.Answered = true;
        Assert.Equal(now + Options.AnswerLimit, _requests.Open(peer, RequestKind.Headers, Chain.TipHash, 26, 49, 50, now).SilentAt);
        Assert.Equal(now + Options.InitialPatience, _requests.NextDeadline);
    }

    [Fact]
    public void Requests_are_counted_at_their_peers_from_the_beginning_to_the_end()
    {
        var peer = _peers.Add((PeerName)"a");
        var request = _requests.Open(peer, RequestKind.Blocks, Chain.TipHash, 1, 5, 5, TimeSpan.Zero);
        _requests.Open(peer, RequestKind.Headers, Chain.TipHash, 1, 5, 6, TimeSpan.Zero);
        Assert.Equal((2, 0, false), (peer.Open, peer.Overdue, _requests.AllOverdue));
        Assert.Equal(2, _requests.Due(Options.InitialPatience).Count);
        PendingRequests.MarkOverdue(request);
        Assert.Equal(1, _requests.CountOf(RequestKind.Blocks, overdue: true));
        Assert.Equal(0, _requests.CountOf(RequestKind.Blocks, overdue: false));
        Assert.Single(_requests.Due(Options.InitialPatience));

        Assert.Null(_requests.Match(peer.Id, Blocks(2, 4)));
        Assert.Null(_requests.Match(peer.Id, Blocks(1, 6)));
        Assert.Null(_requests.Match(peer.Id, Blocks(1, 5) with { Tip = Chain.Hashes[3] }));
        Assert.Null(_requests.Match((PeerName)"b", Blocks(1, 5)));
        Assert.Same(request, _requests.Match(peer.Id, Blocks(1, 5)));
        Assert.Same(request, _requests.Match(peer.Id, Blocks(1, 2)));
        _requests.Close(request);
        _requests.Close(request);
        Assert.Equal((1, 0), (peer.Open, peer.Overdue));
        _requests.Clear(RequestKind.Blocks);
        Assert.Equal(1, _requests.Count);
        _requests.Clear();
        Assert.Equal((0, 0, null), (_requests.Count, peer.Open, _requests.NextDeadline));
    }

    [Fact]
    public void An_answer_to_what_was_given_up_or_one_that_comes_again_is_known_for_a_time_and_any_other_never()
    {
        var (now, later) = (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(131));
        var peer = _peers.Add((PeerName)"a");
        _requests.Close(_requests.Open(peer, RequestKind.Blocks, Chain.TipHash, 1, 5, 5, TimeSpan.Zero));
        _requests.Close(_requests.Open(peer, RequestKind.Blocks, Chain.TipHash, 6, 9, 9, TimeSpan.Zero), now);
        Assert.False(peer.AskedBefore.Explains(Blocks(2, 3), now));
        Assert.False(peer.AskedBefore.Explains(Blocks(1, 5) with { Kind = RequestKind.Headers }, now));
        Assert.False(peer.AskedBefore.Explains(null, now));
        Assert.True(peer.AskedBefore.Explains(Blocks(6, 4), now));
        Assert.True(peer.AskedBefore.Explains(Blocks(6, 4), now));
        Assert.False(peer.AskedBefore.Explains(Blocks(6, 4), later));
        Assert.True(peer.AskedBefore.Explains(Blocks(1, 3), later));
        Assert.True(peer.AskedBefore.Explains(Blocks(1, 5), later));
        Assert.False(peer.AskedBefore.Explains(Blocks(1, 5), later + later));
    }

    [Fact]
    public void Who_owes_too_many_answers_is_asked_nothing_until_one_comes()
    {
        var peer = _peers.Add((PeerName)"a");
        peer.Answered = true;
        Owe(peer, AskedBefore.MostOwed - 1);
        Assert.Equal(["a"], Candidates());
        Owe(peer, 1);
        Assert.Empty(Candidates());
        Assert.True(peer.AskedBefore.Explains(Blocks(1, 5), TimeSpan.Zero));
        Assert.Equal(["a"], Candidates());
    }

    /// <summary>A peer is silent about what it does not have, for days: that must not keep it from being asked for what it has.</summary>
    [Fact]
    public void What_a_peer_is_silent_about_is_owed_for_a_time_only_and_an_answer_is_still_known_later()
    {
        var peer = _peers.Add((PeerName)"a");
        peer.Answered = true;
        Owe(peer, AskedBefore.MostOwed);
        Assert.Empty(Candidates(AskedBefore.LongestAnswer - TimeSpan.FromSeconds(1)));
        Assert.Equal(["a"], Candidates(AskedBefore.LongestAnswer));
        Assert.True(peer.AskedBefore.Explains(Blocks(1, 5), TimeSpan.FromDays(1)));
    }

    /// <summary>Whoever makes up targets has us ask everybody for them.</summary>
    [Fact]
    public void Who_owes_what_it_was_asked_on_a_guess_is_still_asked_for_what_it_has()
    {
        var peer = _peers.Add((PeerName)"a");
        Owe(peer, AskedBefore.MostOwedForGuesses - 1);
        Assert.Equal(["a"], Candidates());
        Owe(peer, 1);
        Assert.Empty(Candidates());
        peer.Announce(Chain.TipHash, Chain.Tip, 8);
        Assert.Equal(["a"], Candidates());
    }

    [Fact]
    public void As_many_questions_are_remembered_as_have_room()
    {
        var peer = _peers.Add((PeerName)"a");
        _requests.Close(_requests.Open(peer, RequestKind.Blocks, Chain.TipHash, 6, 6, 6, TimeSpan.Zero));
        Owe(peer, 4 * AskedBefore.MostOwed);
        Assert.False(peer.AskedBefore.Explains(Blocks(6, 1), TimeSpan.Zero));
        Assert.True(peer.AskedBefore.Explains(Blocks(1, 5), TimeSpan.Zero));
    }

    /// <summary>A long answer comes by the same stream as what was asked behind it.</summary>
    [Fact]
    public void Bytes_that_arrive_give_all_requests_of_their_peer_more_time_and_no_request_less()
    {
        var peer = _peers.Add((PeerName)"a");
        var first = _requests.Open(peer, RequestKind.HeaderHashes, Chain.TipHash, 0, 0, 0, TimeSpan.Zero);
        peer.Answered = true;
        var second = _requests.Open(peer, RequestKind.Headers, Chain.TipHash, 1, 5, 6, TimeSpan.Zero);
        var now = TimeSpan.FromSeconds(30);
        _requests.Progressed(peer.Id, now);
        Assert.Equal(now + Options.FirstAnswerLimit, first.SilentAt);
        Assert.Equal(Options.AnswerLimit, second.SilentAt);
        _requests.Progressed((PeerName)"b", TimeSpan.FromSeconds(500));
        Assert.Equal(now + Options.FirstAnswerLimit, first.SilentAt);
    }

    [Fact]
    public void A_late_list_is_kept_if_its_target_was_given_up_while_it_was_owed()
    {
        var lists = new LateLists(capacity: 100);
        Assert.False(lists.Arrived((PeerName)"a", Chain.Hashes));
        lists.Await(Chain.TipHash, (PeerName)"a");
        lists.Await(Chain.TipHash, (PeerName)"a");
        Assert.False(lists.Arrived((PeerName)"b", Chain.Hashes));
        Assert.True(lists.Arrived((PeerName)"a", Chain.Hashes));
        Assert.False(lists.Arrived((PeerName)"a", Chain.Hashes));
        Assert.Equal("a", lists.Take(Chain.TipHash)?.Peer.ToString());
        Assert.Null(lists.Take(Chain.TipHash));
    }

    [Fact]
    public void Late_lists_have_bounded_room_and_go_with_their_peers()
    {
        var lists = new LateLists(capacity: Chain.Hashes.Length + 10);
        var shorter = Chain.Hashes[..20];
        lists.Await(Chain.TipHash, (PeerName)"a");
        lists.Await(shorter[^1], (PeerName)"b");
        lists.Await(Chain.TipHash, (PeerName)"c");
        lists.Arrived((PeerName)"a", Chain.Hashes);
        lists.Arrived((PeerName)"b", shorter);
        Assert.Null(lists.Take(Chain.TipHash));
        Assert.Equal([(ConnectionId)(PeerName)"c"], lists.Resume(Chain.TipHash));
        Assert.Empty(lists.Resume(Chain.TipHash));
        lists.Forget((PeerName)"b");
        Assert.Null(lists.Take(shorter[^1]));
        Assert.False(new LateLists(capacity: 10).Arrived((PeerName)"a", Chain.Hashes));
    }

    [Fact]
    public void The_rate_follows_what_is_done_and_falls_while_nothing_is()
    {
        var meter = new RateMeter();
        meter.Reset(TimeSpan.Zero);
        Assert.Equal(0, meter.At(TimeSpan.Zero));
        for (var second = 1; second <= 300; second++)
            meter.Add(TimeSpan.FromSeconds(second), 50);
        Assert.Equal(50, meter.At(TimeSpan.FromSeconds(300)), 0.5);
        Assert.InRange(meter.At(TimeSpan.FromSeconds(330)), 20, 30);
        meter.Reset(TimeSpan.FromSeconds(330));
        Assert.Equal(0, meter.At(TimeSpan.FromSeconds(331)));
    }

    private static Question Blocks(uint first, int count) => new(RequestKind.Blocks, Chain.TipHash, first, count);

    private void Owe(PeerState peer, int questions)
    {
        for (var i = 0; i < questions; i++)
            _requests.Close(_requests.Open(peer, RequestKind.Blocks, Chain.TipHash, 1, 5, 5, TimeSpan.Zero));
    }

    private PeerState Peer(string name) => _peers.Find((PeerName)name)!;

    private List<string> Candidates(TimeSpan now = default) =>
        _peers.Candidates(Chain.TipHash, now).ConvertAll(peer => peer.Id.ToString());
}
