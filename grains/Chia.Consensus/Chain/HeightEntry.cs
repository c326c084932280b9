using Chia.Protocol.Primitives;

namespace Chia.Consensus.Chain;

/// <summary>One entry of the height table.</summary>
/// <param name="Height">Height.</param>
/// <param name="HeaderHash">Block id on the chain to the least common ancestor.</param>
public readonly record struct HeightEntry(uint Height, Bytes32 HeaderHash);
