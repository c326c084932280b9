using Chia.Protocol.Primitives;

namespace Chia.Storage;

/// <summary>One entry of the height table (CONSENSUS.md 13.1).</summary>
/// <param name="Height">Height.</param>
/// <param name="HeaderHash">The block at that height on the chain to the LCA.</param>
public readonly record struct HeightEntry(uint Height, Bytes32 HeaderHash);
