using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Sync.Status;

/// <summary>The synchronisation at a glance (HOUSE.md 6, last row).</summary>
public sealed record SyncStatus
{
    /// <summary>The one word.</summary>
    public required SyncState State { get; init; }

    /// <summary>The stage.</summary>
    public required SyncPhase Phase { get; init; }

    /// <summary>Why there is no progress; null unless stalled.</summary>
    public StatusReason? Stall { get; init; }

    /// <summary>The height, range or numbers concerned, in words; empty unless stalled.</summary>
    public string StallDetail { get; init; } = "";

    /// <summary>Headers verified or blocks applied in this stage.</summary>
    public uint Done { get; init; }

    /// <summary>Of so many.</summary>
    public uint Total { get; init; }

    /// <summary>Headers or blocks per second over the last half minute or so.</summary>
    public double Rate { get; init; }

    /// <summary>Block id of the target.</summary>
    public Bytes32? TargetHash { get; init; }

    /// <summary>Height of the target.</summary>
    public uint TargetHeight { get; init; }

    /// <summary>Weight of the target: claimed, or proven once the headers are verified.</summary>
    public ulong TargetWeight { get; init; }

    /// <summary>Open requests.</summary>
    public int OpenRequests { get; init; }

    /// <summary>The peers that were asked or answered.</summary>
    public IReadOnlyList<PeerProgress> Peers { get; init; } = [];
}

/// <summary>What one peer was asked, for the status.</summary>
/// <param name="Peer">Connection id.</param>
/// <param name="OpenRequests">Requests open at it.</param>
public sealed record PeerProgress(ConnectionId Peer, int OpenRequests);
