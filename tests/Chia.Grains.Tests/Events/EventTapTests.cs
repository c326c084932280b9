using Chia.GrainInterfaces.Events;
using Chia.Grains.Events;
using Chia.Protocol.Primitives;
using Chia.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;

namespace Chia.Grains.Tests.Events;

/// <summary>What happened is handed on in order, by one at a time, and nobody who did it waits.</summary>
public sealed class EventTapTests
{
    private static readonly NodeName Node = NodeName.Parse("a");

    private readonly ManualTime _time = new();
    private readonly ScriptedEvents _events = new();
    private readonly List<string> _keys = [];
    private readonly EventTap _tap;

    public EventTapTests() => _tap = new EventTap(
        Fake.Of<IGrainFactory>((_, arguments) =>
        {
            lock (_keys)
                _keys.Add((string)arguments[0]!);
            return _events;
        }),
        _time,
        NullLogger<EventTap>.Instance);

    [Fact]
    public void What_comes_while_a_batch_is_on_its_way_is_the_next_batch()
    {
        Note(1);
        Came(1);
        Note(2);
        Note(3);
        Assert.Equal(1, _events.Count);
        _events.Answer(NodeEventKinds.All);
        Assert.Equal([1u], _events.Heights(1));
        Came(2);
        _events.Answer(NodeEventKinds.All);
        Assert.Equal([2u, 3u], _events.Heights(2));
        lock (_keys)
            Assert.All(_keys, key => Assert.Equal("a", key));
    }

    [Fact]
    public void Kinds_that_nobody_wants_are_not_handed_on()
    {
        _tap.Note(Node, Event(NodeEventKinds.Message, 1));
        Note(2);
        Came(1);
        _events.Answer(NodeEventKinds.Tip);
        Assert.Equal([2u], _events.Heights(1));
    }

    /// <summary>Messages are many: only while somebody watches are they told, and who watches is asked now and then.</summary>
    [Fact]
    public void Whether_somebody_watches_messages_is_asked_while_messages_come()
    {
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(_tap.WantsMessages(Node));
        Came(1);
        Assert.Empty(_events.Heights(1));
        _events.Answer(NodeEventKinds.All);
        Until(() => _tap.WantsMessages(Node));

        // Not asked again at once, but after a while; the first to ask may find the last answer just being taken.
        Assert.Equal(1, _events.Count);
        Until(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(3));
            _tap.WantsMessages(Node);
            return _events.Count == 2;
        });
        _events.Answer(NodeEventKinds.None);
        Until(() => !_tap.WantsMessages(Node));
    }

    [Fact]
    public void A_grain_that_does_not_answer_costs_its_batch_and_no_other()
    {
        Note(1);
        Came(1);
        _events.Fail(new TimeoutException("no silo"));
        Note(2);
        Came(2);
        Assert.Equal([2u], _events.Heights(2));
        _events.Answer(NodeEventKinds.All);
    }

    /// <summary>A silo that stops places no grains: what is told too late would be an error in its log.</summary>
    [Fact]
    public async Task When_the_silo_stops_what_is_on_its_way_arrives_and_nothing_is_handed_on_after_that()
    {
        Note(1);
        Came(1);
        Note(2);
        var stopped = _tap.Stop(TestContext.Current.CancellationToken);
        Assert.False(stopped.IsCompleted);
        _events.Answer(NodeEventKinds.All);
        await stopped;
        Note(3);
        _tap.Note(NodeName.Parse("b"), Event(NodeEventKinds.Tip, 4));
        _time.Advance(TimeSpan.FromSeconds(3));
        _tap.WantsMessages(Node);
        await _tap.Stop(TestContext.Current.CancellationToken);
        Assert.Equal(1, _events.Count);
    }

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromMinutes(2)));

    /// <summary>That many batches have been handed on.</summary>
    private void Came(int count) => Until(() => _events.Count >= count);

    private void Note(uint height) => _tap.Note(Node, Event(NodeEventKinds.Tip, height));

    private NodeEvent Event(NodeEventKinds kind, uint height) => new(kind, _time.GetUtcNow(), Role.FullNode) { Height = height };

    /// <summary>An event grain whose answers a test gives.</summary>
    private sealed class ScriptedEvents : IEventGrain
    {
        private readonly List<(NodeEvent[] Events, TaskCompletionSource<NodeEventKinds> Answer)> _calls = [];

        public int Count
        {
            get
            {
                lock (_calls)
                    return _calls.Count;
            }
        }

        public Task<NodeEventKinds> Publish(NodeEvent[] events)
        {
            var answer = new TaskCompletionSource<NodeEventKinds>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_calls)
                _calls.Add((events, answer));
            return answer.Task;
        }

        public uint[] Heights(int call)
        {
            lock (_calls)
                return [.. _calls[call - 1].Events.Select(e => e.Height!.Value)];
        }

        public void Answer(NodeEventKinds wanted)
        {
            lock (_calls)
                _calls[^1].Answer.SetResult(wanted);
        }

        public void Fail(Exception error)
        {
            lock (_calls)
                _calls[^1].Answer.SetException(error);
        }

        public Task Watch(IEventObserver watcher, NodeEventKinds kinds) => throw new NotSupportedException();

        public Task Unwatch(IEventObserver watcher) => throw new NotSupportedException();

        public Task<NumberedEvent[]> GetSince(long sequence, NodeEventKinds kinds) => throw new NotSupportedException();
    }
}
