using Chia.GrainInterfaces.Events;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Diagnostics;
using Chia.Grains.Events;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Sync;

/// <summary>Publishes events about the sync: its beginning, its changes of phase, its progress once a second, and its end.</summary>
/// <param name="tap">Where events are published; null for nowhere.</param>
/// <param name="node">The node.</param>
/// <param name="time">The clock.</param>
internal sealed class SyncWatch(EventTap? tap, NodeName node, TimeProvider time)
{
    private static readonly TimeSpan Progress = TimeSpan.FromSeconds(1);

    private (SyncState State, SyncPhase Phase)? _told;
    private long _at;

    /// <summary>Takes a report, and publishes an event if it is news. To be called with every report, at least once a second.</summary>
    public void Observe(SyncReport report)
    {
        var now = (report.State, report.Phase);
        var isUnderWay = report.State == SyncState.Syncing;
        var isNews = now != _told && (_told is not null || isUnderWay);
        if (_told is null)
            _told = now;
        if (tap is null || (!isNews && !(isUnderWay && time.GetElapsedTime(_at) >= Progress)))
            return;
        (_told, _at) = (now, time.GetTimestamp());
        tap.Note(node, new NodeEvent(NodeEventKinds.Sync, time.GetUtcNow(), Role.FullNode)
        {
            Outcome = ChiaMeter.NameOf(report.State),
            Phase = isUnderWay ? ChiaMeter.NameOf(report.Phase) : null,
            Done = isUnderWay ? report.Done : null,
            Total = isUnderWay ? report.Total : null,
            Height = report.TargetHash.Length > 0 ? report.TargetHeight : null,
            Hash = report.TargetHash.Length > 0 ? report.TargetHash : null,
        });
    }
}
