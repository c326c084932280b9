using Chia.GrainInterfaces.Sync;
using Chia.Sync.Status;

namespace Chia.Grains.Sync;

/// <summary>The machine's status as the rest of the program sees it.</summary>
internal static class SyncReports
{
    public static SyncReport Of(SyncStatus status, TimeSpan? clockBehind) =>
        new(
            status.State,
            status.Phase,
            status.Done,
            status.Total,
            status.Rate,
            status.TargetHeight,
            status.TargetWeight,
            status.TargetHash?.ToString() ?? "",
            status.Peers.Count(p => p.OpenRequests > 0),
            status.Stall,
            status.StallDetail)
        {
            ClockBehind = clockBehind,
        };
}
