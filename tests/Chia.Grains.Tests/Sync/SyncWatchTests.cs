using Chia.GrainInterfaces.Events;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Events;
using Chia.Grains.Sync;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;

namespace Chia.Grains.Tests.Sync;

/// <summary>Of a sync its beginning, its phases, its progress once a second, and its end are told.</summary>
public sealed class SyncWatchTests
{
    private readonly ManualTime _time = new();
    private readonly List<NodeEvent> _told = [];
    private readonly SyncWatch _watch;

    public SyncWatchTests()
    {
        var events = Fake.Of<IEventGrain>((method, arguments) =>
        {
            lock (_told)
                _told.AddRange((NodeEvent[])arguments[0]!);
            return Task.FromResult(NodeEventKinds.All);
        });
        var tap = new EventTap(Fake.Of<IGrainFactory>(_ => events), _time, NullLogger<EventTap>.Instance);
        _watch = new SyncWatch(tap, NodeName.Main, _time);
    }

    /// <summary>A node that starts and is synced has nothing to tell.</summary>
    [Fact]
    public void A_sync_is_told_from_its_beginning_to_its_end()
    {
        _watch.Observe(Report(SyncState.Synced, SyncPhase.Idle));
        _watch.Observe(Report(SyncState.Syncing, SyncPhase.Headers, 1));
        _watch.Observe(Report(SyncState.Syncing, SyncPhase.Headers, 2));
        _watch.Observe(Report(SyncState.Syncing, SyncPhase.Blocks, 3));
        _watch.Observe(Report(SyncState.Synced, SyncPhase.Idle));
        _watch.Observe(Report(SyncState.Synced, SyncPhase.Idle));
        Assert.Equal([("syncing", "headers", 1L), ("syncing", "blocks", 3L), ("synced", null, null)], Told(3));
    }

    [Fact]
    public void Progress_is_told_once_a_second()
    {
        for (var done = 0; done < 40; done++)
        {
            _watch.Observe(Report(SyncState.Syncing, SyncPhase.Blocks, done));
            _time.Advance(TimeSpan.FromMilliseconds(250));
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long?)(4 * i)), Told(10).Select(told => told.Done));
    }

    private (string Outcome, string? Phase, long? Done)[] Told(int count)
    {
        Assert.True(SpinWait.SpinUntil(() => Count() >= count, TimeSpan.FromMinutes(2)));
        lock (_told)
            return [.. _told.Select(e => (e.Outcome!, e.Phase, e.Done))];

        int Count()
        {
            lock (_told)
                return _told.Count;
        }
    }

    private static SyncReport Report(SyncState state, SyncPhase phase, long done = 0) =>
        new(state, phase, done, 100, 0, 7, 8, "", 0, null, "");
}
