using Chia.Sync.Peers;
using Chia.Sync.Questions;
using Chia.Sync.Ranges;
using Chia.Sync.Requests;
using Chia.Sync.Tests.Support;

namespace Chia.Sync.Tests.Ranges;

public class RangeSchedulerTests
{
    private readonly RangeScheduler<string> _ranges = new(first: 11, last: 40, window: 20);

    [Fact]
    public void Runs_come_in_order_up_to_the_window_and_move_on_with_it()
    {
        Assert.Equal((11u, 18u), Take("a", 8));
        Assert.Equal((19u, 26u), Take("b", 8));
        Assert.Equal((27u, 30u), Take("a", 8));
        Assert.Null(_ranges.Next((PeerName)"c", 8, fromEnd: false));
        for (uint h = 11; h <= 15; h++)
            _ranges.Put(h, "x", (PeerName)("a"));
        Assert.Equal(5, _ranges.Ready(50).Count);
        _ranges.Commit(15);
        Assert.Equal((31u, 35u), Take("a", 8));
        Assert.Equal(0, _ranges.Held);
    }

    [Fact]
    public void Who_only_might_have_it_is_asked_for_the_end_of_the_window() =>
        Assert.Equal((23u, 30u), _ranges.Next((PeerName)"a", 8, fromEnd: true));

    [Fact]
    public void A_peer_is_not_asked_again_where_it_failed_and_a_run_ends_there()
    {
        _ranges.Fail((PeerName)"a", 14, 15);
        Assert.Equal((11u, 13u), _ranges.Next((PeerName)"a", 8, fromEnd: false));
        Assert.Equal((11u, 18u), _ranges.Next((PeerName)"b", 8, fromEnd: false));
        _ranges.Fail((PeerName)"a", 11, 40);
        Assert.Null(_ranges.Next((PeerName)"a", 8, fromEnd: false));
    }

    [Fact]
    public void An_overdue_run_is_free_for_others_but_not_for_who_has_it()
    {
        var request = Claim("a", 11, 30);
        Assert.Null(_ranges.Next((PeerName)"b", 8, fromEnd: false));
        _ranges.Release(request);
        Assert.Null(_ranges.Next((PeerName)"a", 8, fromEnd: false));
        Assert.Equal((11u, 18u), _ranges.Next((PeerName)"b", 8, fromEnd: false));
        _ranges.Forget(request);
        Assert.Equal((11u, 18u), _ranges.Next((PeerName)"a", 8, fromEnd: false));
    }

    [Fact]
    public void Whoever_lied_loses_all_that_is_held_of_it_but_for_what_is_in_hand()
    {
        for (uint h = 11; h <= 16; h++)
            _ranges.Put(h, "x", (PeerName)(h % 2 == 0 ? "liar" : "honest"));
        _ranges.RejectAll((PeerName)"liar", inHand: 2);
        Assert.Equal([14u, 16u], Enumerable.Range(11, 6).Select(h => (uint)h).Where(_ranges.Needs));
        Assert.Equal(4, _ranges.Held);
    }

    [Fact]
    public void A_rejected_item_is_missing_again_alone()
    {
        for (uint h = 11; h <= 20; h++)
            _ranges.Put(h, "x", (PeerName)("a"));
        _ranges.Reject(14);
        _ranges.Fail((PeerName)"a", 14, 14);
        Assert.Equal(3, _ranges.Ready(50).Count);
        Assert.Equal(14u, _ranges.FirstMissing);
        Assert.Equal((14u, 14u), _ranges.Next((PeerName)"b", 8, fromEnd: false));
        Assert.Equal((21u, 28u), _ranges.Next((PeerName)"a", 8, fromEnd: false));
    }

    [Fact]
    public void Nothing_beyond_the_window_or_already_here_is_kept()
    {
        _ranges.Put(10, "x", (PeerName)("a"));
        _ranges.Put(31, "x", (PeerName)("a"));
        _ranges.Put(12, "first", (PeerName)("a"));
        _ranges.Put(12, "second", (PeerName)("b"));
        Assert.Equal(1, _ranges.Held);
        Assert.Equal((PeerName)"a", _ranges.SenderOf(12));
    }

    [Fact]
    public void A_request_that_the_window_has_passed_is_forgotten_without_harm()
    {
        var request = Claim("a", 11, 14);
        for (uint h = 11; h <= 12; h++)
            _ranges.Put(h, "x", (PeerName)("b"));
        _ranges.Commit(12);
        _ranges.Release(request);
        _ranges.Forget(request);
        Assert.Equal((13u, 20u), _ranges.Next((PeerName)"c", 8, fromEnd: false));
    }

    [Fact]
    public void It_is_done_at_the_last_height()
    {
        _ranges.Commit(40);
        Assert.True(_ranges.Done);
        Assert.Null(_ranges.Next((PeerName)"a", 8, fromEnd: false));
        Assert.Empty(_ranges.Ready(5));
    }

    private (uint, uint)? Take(PeerName peer, int limit)
    {
        var run = _ranges.Next(peer, limit, fromEnd: false);
        if (run is var (first, last))
            Claim(peer, first, last);
        return run;
    }

    private PendingRequest Claim(PeerName peer, uint first, uint last)
    {
        var request = new PendingRequest(new PeerState(peer), RequestKind.Blocks, default, first, last, last,
            TimeSpan.Zero)
        { OverdueAt = TimeSpan.Zero, SilentAt = TimeSpan.Zero };
        _ranges.Claim(request);
        return request;
    }
}
