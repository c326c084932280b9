using Chia.GrainInterfaces.Events;
using Chia.Grains.Events;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Events;

/// <summary>The newest events are kept, numbered upwards for ever.</summary>
public sealed class EventLogTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_000);

    [Fact]
    public void The_newest_thousand_are_kept()
    {
        var log = new EventLog(Start);
        var numbers = Enumerable.Range(0, EventLog.Capacity + 5).Select(_ => log.Add(Event(NodeEventKinds.Tip)).Sequence).ToList();

        Assert.Equal(numbers.TakeLast(EventLog.Capacity), log.Since(0, NodeEventKinds.All).Select(e => e.Sequence));
        Assert.Equal(numbers.TakeLast(2), log.Since(numbers[^3], NodeEventKinds.All).Select(e => e.Sequence));
    }

    [Fact]
    public void Only_the_kinds_that_are_wanted_are_told()
    {
        var log = new EventLog(Start);
        log.Add(Event(NodeEventKinds.Tip));
        var block = log.Add(Event(NodeEventKinds.Block));
        Assert.Equal([block], log.Since(0, NodeEventKinds.Block | NodeEventKinds.Sync));
    }

    [Fact]
    public void A_log_that_starts_anew_goes_on_above_the_one_before()
    {
        var before = new EventLog(Start);
        var last = Enumerable.Range(0, 100).Select(_ => before.Add(Event(NodeEventKinds.Tip)).Sequence).Last();
        Assert.True(new EventLog(Start.AddSeconds(1)).Add(Event(NodeEventKinds.Tip)).Sequence > last);
    }

    private static NodeEvent Event(NodeEventKinds kind) => new(kind, Start, Role.FullNode);
}
