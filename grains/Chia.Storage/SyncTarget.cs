using Chia.Protocol.Primitives;

namespace Chia.Storage;

/// <summary>Where a sync leads, whoever announced it.</summary>
/// <param name="HeaderHash">The tip to reach.</param>
/// <param name="Height">Its height.</param>
/// <param name="Weight">Its total weight.</param>
public sealed record SyncTarget(Bytes32 HeaderHash, uint Height, ulong Weight);
