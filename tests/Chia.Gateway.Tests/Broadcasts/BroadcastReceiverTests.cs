using Chia.Gateway.Broadcasts;
using Chia.Gateway.Tests.Support;
using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Gateway.Tests.Broadcasts;

/// <summary>Broadcasts reach everybody they are for; what is lost is asked for (ORLEANS.md on streams).</summary>
public sealed class BroadcastReceiverTests
{
    private static readonly Guid Epoch = Guid.NewGuid(), Later = Guid.NewGuid();
    private static readonly Message News = new RequestBlockMessage(default), State = FakeNode.State;
    private readonly BroadcastSequence _sequence = new();

    [Fact]
    public void A_gap_is_a_number_left_out_in_one_epoch_or_a_beginning_missed_in_the_next()
    {
        Assert.Equal(BroadcastArrival.Next, _sequence.Note(Item(Epoch, 5)));
        Assert.Equal(BroadcastArrival.Next, _sequence.Note(Item(Epoch, 6)));
        Assert.Equal(BroadcastArrival.AfterGap, _sequence.Note(Item(Epoch, 8)));
        Assert.Equal(BroadcastArrival.Next, _sequence.Note(Item(Epoch, 9)));
        Assert.Equal(BroadcastArrival.AfterGap, _sequence.Note(Item(Later, 1)));
        Assert.Equal(BroadcastArrival.Next, _sequence.Note(Item(Later, 2)));
        Assert.Equal(BroadcastArrival.Next, _sequence.Note(Item(Epoch, 1) with { To = Role.Farmer }));
    }

    /// <summary>The stream and the publisher itself bring the same, now one sooner and now the other.</summary>
    [Fact]
    public void What_comes_by_both_ways_counts_once_and_what_one_way_lost_may_come_by_the_other()
    {
        foreach (var number in new long[] { 1, 2, 3 })
            Assert.Equal(BroadcastArrival.Next, _sequence.Note(Item(Epoch, number)));
        Assert.Equal(BroadcastArrival.Again, _sequence.Note(Item(Epoch, 2)));
        Assert.Equal(BroadcastArrival.Again, _sequence.Note(Item(Epoch, 3)));
        Assert.Equal(BroadcastArrival.AfterGap, _sequence.Note(Item(Epoch, 6)));
        Assert.Equal(BroadcastArrival.Next, _sequence.Note(Item(Epoch, 4)));
        Assert.Equal(BroadcastArrival.Again, _sequence.Note(Item(Epoch, 4)));
        Assert.Equal(BroadcastArrival.Again, _sequence.Note(Item(Epoch, 6)));

        // The stream still brings what the publisher before had said.
        Assert.Equal(BroadcastArrival.AfterGap, _sequence.Note(Item(Later, 2)));
        Assert.Equal(BroadcastArrival.Again, _sequence.Note(Item(Epoch, 7)));
        Assert.Equal(BroadcastArrival.Next, _sequence.Note(Item(Later, 1)));
        Assert.Equal(BroadcastArrival.Next, _sequence.Note(Item(Later, 3)));
    }

    /// <summary>What is left out is remembered within bounds, however large the gap that a publisher claims.</summary>
    [Fact]
    public void Of_a_large_gap_the_newest_numbers_are_known()
    {
        _sequence.Note(Item(Epoch, 1));
        Assert.Equal(BroadcastArrival.AfterGap, _sequence.Note(Item(Epoch, long.MaxValue)));
        Assert.Equal(BroadcastArrival.Next, _sequence.Note(Item(Epoch, long.MaxValue - BroadcastSequence.Remembered)));
        Assert.Equal(BroadcastArrival.Again, _sequence.Note(Item(Epoch, long.MaxValue - BroadcastSequence.Remembered - 1)));
    }

    [Fact]
    public void What_was_sent_and_did_not_come_until_the_next_look_is_lost_once()
    {
        Assert.False(_sequence.IsLost(Role.FullNode, At(Epoch, 7)));
        Assert.False(_sequence.IsLost(Role.FullNode, At(Epoch, 7)));
        Assert.False(_sequence.IsLost(Role.FullNode, At(Epoch, 9)));
        Assert.True(_sequence.IsLost(Role.FullNode, At(Epoch, 9)));
        Assert.False(_sequence.IsLost(Role.FullNode, At(Epoch, 9)));
        Assert.False(_sequence.IsLost(Role.Farmer, At(Epoch, 9)));
    }

    [Fact]
    public void What_came_between_two_looks_is_not_lost_and_what_was_sent_since_has_time_to_come()
    {
        Assert.False(_sequence.IsLost(Role.FullNode, At(Epoch, 0)));
        Assert.False(_sequence.IsLost(Role.FullNode, At(Epoch, 2)));
        _sequence.Note(Item(Epoch, 1));
        _sequence.Note(Item(Epoch, 2));
        Assert.False(_sequence.IsLost(Role.FullNode, At(Epoch, 4)));
        _sequence.Note(Item(Epoch, 3));
        Assert.True(_sequence.IsLost(Role.FullNode, At(Epoch, 5)));
        _sequence.Note(Item(Epoch, 5));
        Assert.False(_sequence.IsLost(Role.FullNode, At(Epoch, 5)));
    }

    [Fact]
    public void What_was_called_lost_is_sent_on_if_it_comes_after_all()
    {
        Assert.False(_sequence.IsLost(Role.FullNode, At(Epoch, 7)));
        Assert.Equal(BroadcastArrival.Next, _sequence.Note(Item(Epoch, 7)));
        Assert.False(_sequence.IsLost(Role.FullNode, At(Epoch, 9)));
        Assert.True(_sequence.IsLost(Role.FullNode, At(Epoch, 9)));
        Assert.Equal(BroadcastArrival.Next, _sequence.Note(Item(Epoch, 8)));
        Assert.Equal(BroadcastArrival.Next, _sequence.Note(Item(Epoch, 9)));
        Assert.Equal(BroadcastArrival.Again, _sequence.Note(Item(Epoch, 9)));
        Assert.Equal(BroadcastArrival.Next, _sequence.Note(Item(Epoch, 10)));
    }

    /// <summary>What its predecessor took with it nobody may reveal for long: the new one has nothing to send.</summary>
    [Fact]
    public void Another_publisher_may_have_lost_something_once_and_then_only_what_it_has_sent()
    {
        Assert.False(_sequence.IsLost(Role.FullNode, At(Epoch, 7)));
        Assert.True(_sequence.IsLost(Role.FullNode, At(Later, 0)));
        Assert.False(_sequence.IsLost(Role.FullNode, At(Later, 0)));
        Assert.False(_sequence.IsLost(Role.FullNode, At(Epoch, 8)));
        Assert.False(_sequence.IsLost(Role.FullNode, At(Later, 1)));
        Assert.True(_sequence.IsLost(Role.FullNode, At(Later, 1)));
        Assert.False(_sequence.IsLost(Role.FullNode, At(Later, 1)));
        Assert.Equal(BroadcastArrival.Next, _sequence.Note(Item(Later, 2)));
    }

    [Fact]
    public void Another_publisher_whose_item_came_first_has_shown_its_gap_by_that()
    {
        Assert.False(_sequence.IsLost(Role.FullNode, At(Epoch, 7)));
        Assert.Equal(BroadcastArrival.AfterGap, _sequence.Note(Item(Later, 1)));
        Assert.False(_sequence.IsLost(Role.FullNode, At(Later, 1)));
    }

    [Fact]
    public async Task A_broadcast_goes_to_its_audience_without_its_origin()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        var receiver = Receiver(harness, new FakeNode());
        await receiver.Receive(Item(Epoch, 1) with { ExceptConnection = harness.Link.ConnectionId });
        await receiver.Receive(Item(Epoch, 2) with { To = Role.Farmer });
        await receiver.Receive(Item(Epoch, 2));
        await harness.Peer.Expect(News);
        Assert.Null(await Nothing(harness));
    }

    [Fact]
    public async Task At_a_gap_the_state_goes_out_before_the_news()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        var node = new FakeNode();
        var receiver = Receiver(harness, node);
        await receiver.Receive(Item(Epoch, 1));
        await receiver.Receive(Item(Epoch, 3));
        await harness.Peer.Expect(News);
        await harness.Peer.Expect(State);
        await harness.Peer.Expect(News);
        Assert.Equal([Role.FullNode], node.Asked);
    }

    [Fact]
    public async Task What_comes_by_both_ways_is_sent_once()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        var receiver = Receiver(harness, new FakeNode());
        await receiver.Hear([Item(Epoch, 1), Item(Epoch, 2)]);
        await receiver.Receive(Item(Epoch, 1));
        await receiver.Receive(Item(Epoch, 2));
        await harness.Peer.Expect(News);
        await harness.Peer.Expect(News);
        Assert.Null(await Nothing(harness));
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_costs_the_state_and_not_the_news()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        var receiver = Receiver(harness, new FakeNode { IsDead = true });
        await receiver.Receive(Item(Epoch, 1));
        await receiver.Receive(Item(Epoch, 3));
        await harness.Peer.Expect(News);
        await harness.Peer.Expect(News);
    }

    [Fact]
    public async Task What_the_publisher_has_sent_and_the_stream_has_lost_is_asked_for()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        var node = new FakeNode { Sent = At(Epoch, 0) };
        var receiver = Receiver(harness, node);
        await receiver.FindLost();
        node.Sent = At(Epoch, 1);
        await receiver.FindLost();
        Assert.Empty(node.Asked);
        await receiver.FindLost();
        await receiver.FindLost();
        Assert.Equal([Role.FullNode], node.Asked);
        await harness.Peer.Expect(FakeNode.State);
    }

    /// <summary>A node that comes up on another silo does not answer at first, and the next tip may be minutes away.</summary>
    [Fact]
    public async Task What_was_lost_while_the_cluster_did_not_answer_is_asked_for_until_it_does()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        var node = new FakeNode { IsDead = true };
        var receiver = Receiver(harness, node);
        await receiver.AskAll();
        await receiver.FindLost();
        Assert.Equal([Role.FullNode, Role.FullNode], node.Asked);
        node.IsDead = false;
        await receiver.FindLost();
        await receiver.FindLost();
        Assert.Equal(3, node.Asked.Count);
        await harness.Peer.Expect(FakeNode.State);
    }

    [Fact]
    public async Task One_publisher_that_does_not_answer_keeps_none_of_the_others_from_being_asked()
    {
        await using var harness = new LinkHarness();
        var node = new FakeNode { Silent = [BroadcastStreams.Audiences[0]] };
        var finding = Receiver(harness, node).FindLost();
        Assert.False(finding.IsCompleted);
        Assert.Equal(BroadcastStreams.Audiences, node.Positions);
    }

    private static async Task<byte[]?> Nothing(LinkHarness harness)
    {
        await harness.Link.Close(DisconnectReason.ByOperator);
        return await harness.Peer.Read();
    }

    private static BroadcastReceiver Receiver(LinkHarness harness, FakeNode node)
    {
        ((FakeCluster)(object)harness.Services.Cluster).FullNode = node;
        return new BroadcastReceiver(harness.Services.Cluster, harness.Services.Options, harness.Links, harness.Time, NullLogger.Instance);
    }

    private static BroadcastPosition At(Guid epoch, long sequence) => new(epoch, sequence);

    private static BroadcastItem Item(Guid epoch, long sequence) =>
        new(epoch, sequence, Role.FullNode, News.Function, MessageRegistry.Encode(News), null);
}
