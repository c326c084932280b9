using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Bls12381;

/// <summary>A prepend signature to verify.</summary>
/// <param name="PublicKey">48 bytes, canonical or not.</param>
/// <param name="MessageHash">SHA-256 of the message.</param>
/// <param name="Signature">96 bytes with the prepend mark.</param>
public readonly record struct SignatureCheck(Bytes48 PublicKey, Bytes32 MessageHash, Bytes96 Signature);
