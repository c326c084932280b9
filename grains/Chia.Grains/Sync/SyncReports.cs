using Chia.GrainInterfaces.Sync;
using ReportPhase = Chia.GrainInterfaces.Sync.SyncPhase;

namespace Chia.Grains.Sync;

/// <summary>The machine's status as the rest of the program sees it.</summary>
internal static class SyncReports
{
    public static SyncReport Of(SyncStatus status) =>
        new(
            PhaseOf(status),
            status.Done,
            status.Total,
            status.Rate,
            status.TargetHeight,
            status.TargetWeight,
            status.TargetHash?.ToString() ?? "",
            status.Peers.Count(p => p.OpenRequests > 0),
            status.OpenRequests,
            status.StallDetail ?? "");

    private static ReportPhase PhaseOf(SyncStatus status) => status.State switch
    {
        SyncState.NoPeers => ReportPhase.NoPeers,
        SyncState.Collecting => ReportPhase.Collecting,
        SyncState.Stalled => ReportPhase.Stalled,
        SyncState.Synced => ReportPhase.Synced,
        _ => status.Phase switch
        {
            SyncPhase.Headers => ReportPhase.Headers,
            SyncPhase.Blocks => ReportPhase.Blocks,
            _ => ReportPhase.HeaderHashes,
        },
    };
}
