using Chia.Protocol.Primitives;

namespace Chia.Storage;

/// <summary>What is left of an interrupted sync.</summary>
/// <param name="Target">Its target; null if no sync was under way.</param>
/// <param name="Blocks">Which blocks are already here, ascending by height.</param>
public sealed record InterruptedSync(SyncTarget? Target, IReadOnlyList<HeightEntry> Blocks);

/// <summary>Where a sync leads, whoever announced it.</summary>
/// <param name="HeaderHash">The tip to reach.</param>
/// <param name="Height">Its height.</param>
/// <param name="Weight">Its total weight.</param>
public sealed record SyncTarget(Bytes32 HeaderHash, uint Height, ulong Weight);

/// <summary>A block fetched by a sync whose header hash was checked, and that is not yet part of the chain.</summary>
/// <param name="Height">Its height on the way to the target.</param>
/// <param name="HeaderHash">Its header hash.</param>
/// <param name="Bytes">ser(FullBlock).</param>
public sealed record SyncBlock(uint Height, Bytes32 HeaderHash, byte[] Bytes);
