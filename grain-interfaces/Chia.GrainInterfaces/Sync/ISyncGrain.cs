using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

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
    Task PeerLost(ConnectionId connectionId);

    /// <summary>A peer showed a block: it has that chain, and may be ahead of us. Every <c>block</c> of a full node is told.</summary>
    [Alias("Announced")]
    Task Announced(ConnectionId connectionId, BlockData block, TipKind kind);

    /// <summary>An answer arrived: all_header_hashes, header_blocks or sync_blocks.</summary>
    [Alias("Answer")]
    Task Answer(PeerConnection peer, PeerMessage message);

    /// <summary>Bytes of a large answer arrive from a peer (DECISIONS 19).</summary>
    [Alias("AnswerProgress")]
    Task AnswerProgress(ConnectionId connectionId);

    /// <summary>Our tips changed outside the sync.</summary>
    [Alias("OwnTipChanged")]
    Task OwnTipChanged(ChainSnapshot chain);

    /// <summary>What it is doing.</summary>
    [Alias("GetReport"), AlwaysInterleave]
    Task<SyncReport> GetReport();
}
