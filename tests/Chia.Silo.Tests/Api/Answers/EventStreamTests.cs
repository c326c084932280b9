using Chia.GrainInterfaces.Events;
using Chia.Protocol.Primitives;
using Chia.Silo.Api.Answers;
using Chia.Silo.Api.Requests;
using Chia.Testing;
using Orleans;

namespace Chia.Silo.Tests.Api.Answers;

/// <summary>Whoever comes back is told what it missed, then what comes: each once and in order (OPERATIONS 3).</summary>
public sealed class EventStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private IEventObserver? _watcher;

    /// <summary>It was told first, and what is older was taken for known.</summary>
    [Fact]
    public async Task What_happens_while_the_kept_events_are_asked_for_comes_after_them()
    {
        await using var stream = await Open(last: 5, async () =>
        {
            await _watcher!.Happened([Event(8)]);
            return [Event(6), Event(7), Event(8)];
        });
        await _watcher!.Happened([Event(9)]);

        Assert.Equal([6, 7, 8, 9], await Read(stream, 4));
    }

    [Fact]
    public async Task Whoever_knows_nothing_is_told_what_comes()
    {
        await using var stream = await Open(last: null, () => throw new NotSupportedException("nothing is to be asked for"));
        await _watcher!.Happened([Event(8), Event(9)]);

        Assert.Equal([8, 9], await Read(stream, 2));
    }

    private Task<EventStream> Open(long? last, Func<Task<NumberedEvent[]>> kept)
    {
        var grain = Fake.Of<IEventGrain>((method, arguments) =>
        {
            if (method.Name == nameof(IEventGrain.GetSince))
                return kept();
            if (method.Name == nameof(IEventGrain.Watch))
                _watcher = (IEventObserver)arguments[0]!;
            return Task.CompletedTask;
        });
        var grains = Fake.Of<IGrainFactory>((method, arguments) => method.Name switch
        {
            nameof(IGrainFactory.CreateObjectReference) => arguments[0],
            nameof(IGrainFactory.GetGrain) => grain,
            _ => null,
        });
        var node = new ApiNode("main", "main", TestNetworks.Of("small40"), [], grains, null!, () => { });
        return EventStream.Open(node, NodeEventKinds.All, last);
    }

    private static async Task<List<long>> Read(EventStream stream, int count)
    {
        var read = new List<long>();
        while (read.Count < count && await stream.Next(Patience, TimeProvider.System, TestContext.Current.CancellationToken) is { } next)
            read.Add(next.Sequence);
        return read;
    }

    private static NumberedEvent Event(long number) =>
        new(number, new NodeEvent(NodeEventKinds.Tip, DateTimeOffset.UnixEpoch, Role.FullNode));
}
