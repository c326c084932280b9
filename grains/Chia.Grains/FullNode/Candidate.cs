using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>A block that lacks its harvester's signature (ROLES.md 6.1).</summary>
/// <param name="ProofOfSpace">The farmer's proof.</param>
/// <param name="Data">What the harvester is to sign.</param>
/// <param name="Body">The body.</param>
/// <param name="DataHash">H(ser(data)): the farmer protocol's header hash.</param>
internal sealed record Candidate(ProofOfSpace ProofOfSpace, HeaderData Data, Body Body, Bytes32 DataHash);
