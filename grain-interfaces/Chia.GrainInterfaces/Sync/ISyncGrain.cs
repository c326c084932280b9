using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;

namespace Chia.GrainInterfaces.Sync;

/// <summary>Catches up with heavier chains; key: the node's name. Drives the pure sync machine in short turns.</summary>
[Alias("chia.ISyncGrain")]
public interface ISyncGrain : IGrainWithStringKey
{
    /// <summary>A full node is connected.</summary>
    [Alias("PeerConnected")]
    Task PeerConnected(PeerConnection peer);

    /// <summary>A full node is gone.</summary>
    [Alias("PeerLost")]
    Task PeerLost(string connectionId);

    /// <summary>A peer showed a block whose parent we do not have. True if a sync will see to it.</summary>
    [Alias("Consider")]
    Task<bool> Consider(PeerConnection peer, BlockData tip);

    /// <summary>A peer showed a block that we have: it can serve that chain.</summary>
    [Alias("PeerHas")]
    Task PeerHas(string connectionId, uint height, ulong weight);

    /// <summary>An answer arrived: all_header_hashes, header_blocks or sync_blocks.</summary>
    [Alias("Answer")]
    Task Answer(PeerConnection peer, PeerMessage message);

    /// <summary>Our heaviest tip changed outside the sync.</summary>
    [Alias("OwnTipChanged")]
    Task OwnTipChanged(TipInfo heaviest);

    /// <summary>What it is doing.</summary>
    [Alias("GetReport"), AlwaysInterleave]
    Task<SyncReport> GetReport();
}
