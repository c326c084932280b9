using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Sync;

/// <summary>Catches up with heavier chains; key: the node's name. Drives the pure sync machine in short turns.</summary>
[Alias("chia.ISyncGrain"), Version(1)]
public interface ISyncGrain : IGrainWithStringKey
{
    /// <summary>A full node is connected.</summary>
    [Alias("PeerConnected"), ResponseTimeout(AnswerTime.Memory)]
    Task PeerConnected(PeerConnection peer);

    /// <summary>A full node is gone.</summary>
    [Alias("PeerLost"), ResponseTimeout(AnswerTime.Memory)]
    Task PeerLost(ConnectionId connectionId);

    /// <summary>A peer showed a block: it has that chain, and may be ahead of us. Every <c>block</c> of a full node is
    /// told, and not told again: it waits out a silo that is busy, and fails at once with one that is dead.</summary>
    [Alias("Announced"), ResponseTimeout(AnswerTime.Disk)]
    Task Announced(ConnectionId connectionId, BlockData block, TipKind kind);

    /// <summary>A block of a peer, valid but for that, was refused as too far ahead of our clock (CONSENSUS.md 11, 2c).</summary>
    /// <param name="connectionId">Whose.</param>
    /// <param name="timestamp">The block's, Unix time in seconds.</param>
    [Alias("TooFarAhead"), ResponseTimeout(AnswerTime.Memory)]
    Task TooFarAhead(ConnectionId connectionId, ulong timestamp);

    /// <summary>An answer arrived: all_header_hashes, header_blocks or sync_blocks. Given up on our side it would count against the peer,
    /// who answered.</summary>
    [Alias("Answer"), ResponseTimeout(AnswerTime.Disk)]
    Task Answer(PeerConnection peer, PeerMessage message);

    /// <summary>Bytes of a large answer arrive from a peer (DECISIONS 19).</summary>
    [Alias("AnswerProgress"), ResponseTimeout(AnswerTime.Memory)]
    Task AnswerProgress(ConnectionId connectionId);

    /// <summary>Our tips changed outside the sync.</summary>
    [Alias("OwnTipChanged"), ResponseTimeout(AnswerTime.Memory)]
    Task OwnTipChanged(ChainSnapshot chain);

    /// <summary>What it is doing.</summary>
    [Alias("GetReport"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<SyncReport> GetReport();
}

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
/// <param name="Reason">Why it is stalled; null if it is not.</param>
/// <param name="Detail">What there is to say beside the reason: heights, numbers, an error; empty for nothing.</param>
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
    StatusReason? Reason,
    string Detail)
{
    /// <summary>By how much this machine's clock is behind that of most peers, whose blocks it refuses; null if it is not.</summary>
    [Id(11)]
    public TimeSpan? ClockBehind { get; init; }
}

/// <summary>An announced tip that a sync did not need to see to.</summary>
/// <param name="From">Who announced it.</param>
/// <param name="Block">The tip.</param>
[GenerateSerializer, Immutable, Alias("chia.LeftoverTip")]
public sealed record LeftoverTip(PeerConnection From, BlockData Block);
