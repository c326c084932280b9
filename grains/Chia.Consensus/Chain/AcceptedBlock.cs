using Chia.Protocol.Blocks;

namespace Chia.Consensus.Chain;

/// <summary>A block to be stored, with what the rules ask of it later.</summary>
/// <param name="Block">The block.</param>
/// <param name="Record">Its record.</param>
public sealed record AcceptedBlock(FullBlock Block, BlockRecord Record);
