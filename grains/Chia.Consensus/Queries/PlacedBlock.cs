using Chia.Protocol.Blocks;

namespace Chia.Consensus.Queries;

/// <summary>A stored block and its place beside the others.</summary>
/// <param name="Record">The block.</param>
/// <param name="Iterations">Iterations of its proof of time.</param>
/// <param name="IsOnChain">It is the heaviest tip or an ancestor of it.</param>
/// <param name="IsTip">It is one of the tips.</param>
public sealed record PlacedBlock(BlockRecord Record, ulong Iterations, bool IsOnChain, bool IsTip);
