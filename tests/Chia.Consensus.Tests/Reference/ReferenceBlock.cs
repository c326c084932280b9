using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Reference;

/// <summary>A block of a vector chain and what the reference says about it.</summary>
/// <param name="Block">The block.</param>
/// <param name="Record">Its record, put together from <c>index.json</c>.</param>
/// <param name="ReceiveResult">The reference's result of receiving it, where noted.</param>
internal sealed record ReferenceBlock(FullBlock Block, BlockRecord Record, string? ReceiveResult);
