using Chia.Protocol.Primitives;

namespace Chia.Storage;

/// <summary>A block fetched by a sync whose header hash was checked, and that is not yet part of the chain.</summary>
/// <param name="Height">Its height on the way to the target.</param>
/// <param name="HeaderHash">Its header hash.</param>
/// <param name="Bytes">ser(FullBlock).</param>
public sealed record SyncBlock(uint Height, Bytes32 HeaderHash, byte[] Bytes);
