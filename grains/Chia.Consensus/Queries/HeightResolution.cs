using Chia.Protocol.Primitives;

namespace Chia.Consensus.Queries;

/// <summary>Header hashes for heights.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="HeaderHashes">One for each height asked for, in that order; empty unless resolved.</param>
public sealed record HeightResolution(HeightResolutionKind Kind, IReadOnlyList<Bytes32> HeaderHashes);
