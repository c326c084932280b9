using Chia.GrainInterfaces.Broadcasts;
using Chia.Grains.Broadcast;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Grains.Tests.Broadcast;

/// <summary>A broadcast waits for no consumer, and a gateway that shows up after it hears it all the same (CLUSTER.md 3,
/// Broadcasts).</summary>
public sealed class BroadcastHearersTests
{
    private readonly ManualTime _time = new();
    private readonly List<string> _failed = [];
    private readonly BroadcastHearers _hearers;
    private long _sequence;

    public BroadcastHearersTests() =>
        _hearers = new BroadcastHearers((gateway, error) => _failed.Add($"{gateway}: {error.Message}"), _time);

    [Fact]
    public void All_hear_at_once_though_one_of_them_never_answers()
    {
        var (dead, alive) = (new Gateway { Gate = new TaskCompletionSource().Task }, new Gateway());
        _hearers.Update([Of("dead", dead), Of("alive", alive)]);
        for (var i = 0; i < 3; i++)
            _hearers.Tell(Next());
        Assert.Equal([1, 2, 3], alive.Heard);
        Assert.Equal([1], dead.Heard);
        Assert.False(_hearers.Idle.IsCompleted);
        _hearers.Update([Of("alive", alive)]);
        Assert.True(_hearers.Idle.IsCompleted);
    }

    [Fact]
    public void What_waits_for_one_that_is_slow_comes_in_order_and_is_bounded()
    {
        var gate = new TaskCompletionSource();
        var slow = new Gateway { Gate = gate.Task };
        _hearers.Update([Of("slow", slow)]);
        for (var i = 0; i < BroadcastOutbox.Capacity + 3; i++)
            _hearers.Tell(Next());
        slow.Gate = Task.CompletedTask;
        gate.SetResult();

        // The first was under way; of those behind it the oldest made room.
        Assert.Equal([1, .. Enumerable.Range(4, BroadcastOutbox.Capacity).Select(i => (long)i)], slow.Heard);
    }

    [Fact]
    public void One_that_cannot_be_reached_is_told_the_next()
    {
        var gateway = new Gateway { Gate = Task.FromException(new TimeoutException("no answer")) };
        _hearers.Update([Of("gateway", gateway)]);
        _hearers.Tell(Next());
        gateway.Gate = Task.CompletedTask;
        _hearers.Tell(Next());
        Assert.Equal([1, 2], gateway.Heard);
        Assert.Equal(["gateway: no answer"], _failed);
    }

    [Fact]
    public void One_that_shows_up_hears_what_was_told_lately_and_nothing_twice()
    {
        _hearers.Tell(Next());
        _time.Advance(BroadcastHearers.Remembered + TimeSpan.FromSeconds(1));
        _hearers.Tell(Next());
        Assert.True(_hearers.HasRecent);
        var gateway = new Gateway();
        _hearers.Update([Of("gateway", gateway)]);
        _hearers.Update([Of("gateway", gateway)]);
        _hearers.Tell(Next());
        Assert.Equal([2, 3], gateway.Heard);
        _time.Advance(BroadcastHearers.Remembered + TimeSpan.FromSeconds(1));
        Assert.False(_hearers.HasRecent);
    }

    [Fact]
    public void One_that_is_gone_is_told_nothing_more()
    {
        var gate = new TaskCompletionSource();
        var gateway = new Gateway { Gate = gate.Task };
        _hearers.Update([Of("gateway", gateway)]);
        _hearers.Tell(Next());
        _hearers.Tell(Next());
        _hearers.Update([]);
        gate.SetResult();
        _hearers.Tell(Next());
        Assert.Equal([1], gateway.Heard);
    }

    private BroadcastItem[] Next() => [new(Guid.Empty, ++_sequence, Role.FullNode, PingMessage.Name, [], null)];

    private static BroadcastHearer Of(string name, Gateway gateway) => new(name, gateway);

    private sealed class Gateway : IBroadcastObserver
    {
        public List<long> Heard { get; } = [];

        /// <summary>Completes, or fails, when a call is answered.</summary>
        public Task Gate { get; set; } = Task.CompletedTask;

        public Task Hear(BroadcastItem[] items)
        {
            Heard.AddRange(items.Select(item => item.Sequence));
            return Gate;
        }
    }
}
