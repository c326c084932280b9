using Chia.GrainInterfaces.Validation;

namespace Chia.GrainInterfaces.Chain;

/// <summary>A block that passed the context-free checks, on its way to the chain.</summary>
/// <param name="Block">The block.</param>
/// <param name="Verdict">What the checks derived from it.</param>
[GenerateSerializer, Immutable, Alias("chia.BlockSubmission")]
public sealed record BlockSubmission(BlockData Block, BlockVerdict Verdict);
