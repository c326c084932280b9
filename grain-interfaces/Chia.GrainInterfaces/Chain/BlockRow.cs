using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Chain;

/// <summary>A stored block in a list.</summary>
/// <param name="Block">The block.</param>
/// <param name="Iterations">Iterations of its proof of time.</param>
/// <param name="IsOnChain">It is the heaviest tip or an ancestor of it.</param>
/// <param name="IsTip">It is one of the tips.</param>
[GenerateSerializer, Immutable, Alias("chia.BlockRow")]
public sealed record BlockRow(TipInfo Block, ulong Iterations, bool IsOnChain, bool IsTip);

/// <summary>One stored block and its neighbours.</summary>
/// <param name="Row">The block.</param>
/// <param name="Children">Header hashes of its stored children, newest first.</param>
[GenerateSerializer, Immutable, Alias("chia.BlockPlace")]
public sealed record BlockPlace(BlockRow Row, Bytes32[] Children);
