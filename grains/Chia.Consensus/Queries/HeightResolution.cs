using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Queries;

/// <summary>Header hashes for heights.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="HeaderHashes">One for each height asked for, in that order; empty unless resolved.</param>
public sealed record HeightResolution(RangeOutcome Outcome, IReadOnlyList<Bytes32> HeaderHashes);
