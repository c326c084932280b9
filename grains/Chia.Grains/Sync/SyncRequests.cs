using System.Collections.Immutable;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Sync.Machine;

namespace Chia.Grains.Sync;

/// <summary>The messages by which the sync asks peers (PROTOCOL.md 8.2).</summary>
internal static class SyncRequests
{
    /// <summary>The request that an effect stands for, and the peer it is for; null if the effect is none.</summary>
    public static (ConnectionId Peer, Message Message)? Of(SyncEffect effect) => effect switch
    {
        SyncEffect.RequestHeaderHashes r => (r.Peer, new RequestAllHeaderHashesMessage(r.Tip)),
        SyncEffect.RequestHeaders r => (r.Peer, new RequestHeaderBlocksMessage(r.Tip, Heights(r.First, r.Count))),
        SyncEffect.RequestBlocks r => (r.Peer, new RequestSyncBlocksMessage(r.Tip, Heights(r.First, r.Count))),
        _ => null,
    };

    private static ImmutableArray<uint> Heights(uint first, int count)
    {
        var heights = ImmutableArray.CreateBuilder<uint>(count);
        for (var i = 0; i < count; i++)
            heights.Add(first + (uint)i);
        return heights.MoveToImmutable();
    }
}
