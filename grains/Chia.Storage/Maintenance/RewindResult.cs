using Chia.Protocol.Primitives;

namespace Chia.Storage.Maintenance;

/// <summary>What a rewind left.</summary>
/// <param name="Removed">Blocks dropped, side branches included.</param>
/// <param name="Height">Height of the heaviest tip now.</param>
/// <param name="Tip">Its header hash.</param>
/// <param name="Weight">Its total weight.</param>
public sealed record RewindResult(int Removed, uint Height, Bytes32 Tip, ulong Weight);
