using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Sync.Peers;

/// <summary>A block that a peer announced and we do not have.</summary>
/// <param name="Peer">Who sent this copy.</param>
/// <param name="HeaderHash">Block id.</param>
/// <param name="Block">The copy; its parts agree with each other, nothing else is verified.</param>
/// <param name="OutOfReach">Near-sync has tried and failed to connect it.</param>
public sealed record PotentialTip(ConnectionId Peer, Bytes32 HeaderHash, FullBlock Block, bool OutOfReach)
{
    /// <summary>The claimed total weight.</summary>
    public ulong Weight => Block.Weight;

    /// <summary>Height; coinbase and challenge agree.</summary>
    public uint Height => Block.Height;
}
