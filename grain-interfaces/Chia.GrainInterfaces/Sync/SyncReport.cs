using Chia.Protocol.Outcomes;

namespace Chia.GrainInterfaces.Sync;

/// <summary>State of the sync for status displays.</summary>
/// <param name="State">How it stands, in one word.</param>
/// <param name="Phase">The stage it is in.</param>
/// <param name="Done">Items done in this phase (headers or blocks).</param>
/// <param name="Total">Items of this phase; 0 if unknown.</param>
/// <param name="PerSecond">Items per second, recent average.</param>
/// <param name="TargetHeight">Height of the tip synced to; 0 if none.</param>
/// <param name="TargetWeight">Its claimed weight.</param>
/// <param name="TargetHash">Its header hash in hexadecimal; empty if none.</param>
/// <param name="PeersInUse">Peers with open requests.</param>
/// <param name="OpenRequests">Open requests.</param>
/// <param name="Reason">Why it is stalled, or what ended the last sync; empty if nothing to say.</param>
[GenerateSerializer, Immutable, Alias("chia.SyncReport")]
public sealed record SyncReport(
    SyncState State,
    SyncPhase Phase,
    long Done,
    long Total,
    double PerSecond,
    uint TargetHeight,
    ulong TargetWeight,
    string TargetHash,
    int PeersInUse,
    int OpenRequests,
    string Reason)
{
    /// <summary>By how much this machine's clock is behind that of most peers, whose blocks it refuses; null if it is not.</summary>
    [Id(11)]
    public TimeSpan? ClockBehind { get; init; }
}
