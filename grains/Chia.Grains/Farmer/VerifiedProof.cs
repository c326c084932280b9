using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Farmer;

/// <summary>A proof that was verified, ready to become a block.</summary>
/// <param name="Proof">The proof of space.</param>
/// <param name="PosHash">H(ser(proof)): names it to full nodes.</param>
/// <param name="Coinbase">The reward of the block around it.</param>
/// <param name="CoinbaseSignature">Prepend signature by the pool key that the plot carries.</param>
internal sealed record VerifiedProof(ProofOfSpace Proof, Bytes32 PosHash, CoinbaseInfo Coinbase, Bytes96 CoinbaseSignature);
