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

    /// <summary>A peer showed a block: it has that chain, and may be ahead of us. Every <c>block</c> of a full node is told.</summary>
    [Alias("Announced"), ResponseTimeout(AnswerTime.Memory)]
    Task Announced(ConnectionId connectionId, BlockData block, TipKind kind);

    /// <summary>A block of a peer, valid but for that, was refused as too far ahead of our clock (CONSENSUS.md 11, 2c).</summary>
    /// <param name="connectionId">Whose.</param>
    /// <param name="timestamp">The block's, Unix time in seconds.</param>
    [Alias("TooFarAhead"), ResponseTimeout(AnswerTime.Memory)]
    Task TooFarAhead(ConnectionId connectionId, ulong timestamp);

    /// <summary>An answer arrived: all_header_hashes, header_blocks or sync_blocks.</summary>
    [Alias("Answer"), ResponseTimeout(AnswerTime.Memory)]
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
