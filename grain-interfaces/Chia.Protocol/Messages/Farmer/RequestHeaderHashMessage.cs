using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>A farmer has a good proof of space and asks for a block around it; answered by <c>header_hash</c> or by silence
/// (PROTOCOL.md 8.4).</summary>
/// <param name="ChallengeHash">Challenge that the proof answers.</param>
/// <param name="Coinbase">The reward.</param>
/// <param name="CoinbaseSignature">Prepend signature by the pool key over ser(coinbase).</param>
/// <param name="FeesTargetPuzzleHash">Where the fees go.</param>
/// <param name="ProofOfSpace">The proof.</param>
public sealed record RequestHeaderHashMessage(
    Bytes32 ChallengeHash,
    CoinbaseInfo Coinbase,
    Bytes96 CoinbaseSignature,
    Bytes32 FeesTargetPuzzleHash,
    ProofOfSpace ProofOfSpace) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "request_header_hash";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RequestHeaderHashMessage, Bytes32>("challenge_hash", WireTypes.B32, m => m.ChallengeHash),
        new Field<RequestHeaderHashMessage, CoinbaseInfo>("coinbase", WireTypes.CoinbaseInfo, m => m.Coinbase),
        new Field<RequestHeaderHashMessage, Bytes96>("coinbase_signature", WireTypes.Signature, m => m.CoinbaseSignature),
        new Field<RequestHeaderHashMessage, Bytes32>("fees_target_puzzle_hash", WireTypes.B32, m => m.FeesTargetPuzzleHash),
        new Field<RequestHeaderHashMessage, ProofOfSpace>("proof_of_space", WireTypes.ProofOfSpace, m => m.ProofOfSpace),
        (challengeHash, coinbase, coinbaseSignature, feesTargetPuzzleHash, proofOfSpace) =>
            new(challengeHash, coinbase, coinbaseSignature, feesTargetPuzzleHash, proofOfSpace));
}

/// <summary>The block that a farmer asked for, ready to be signed (PROTOCOL.md 8.4).</summary>
/// <param name="PosHash">H(ser(proof of space)).</param>
/// <param name="HeaderHash">H(ser(header data)): what is signed. Not the block id.</param>
public sealed record HeaderHashMessage(Bytes32 PosHash, Bytes32 HeaderHash) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "header_hash";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<HeaderHashMessage, Bytes32>("pos_hash", WireTypes.B32, m => m.PosHash),
        new Field<HeaderHashMessage, Bytes32>("header_hash", WireTypes.B32, m => m.HeaderHash),
        (posHash, headerHash) => new(posHash, headerHash));
}

/// <summary>The signature that completes an unfinished block (PROTOCOL.md 8.4).</summary>
/// <param name="PosHash">H(ser(proof of space)).</param>
/// <param name="HeaderHash">H(ser(header data)): what was signed.</param>
/// <param name="HeaderSignature">Prepend signature by the plot key.</param>
public sealed record HeaderSignatureMessage(Bytes32 PosHash, Bytes32 HeaderHash, Bytes96 HeaderSignature) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "header_signature";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<HeaderSignatureMessage, Bytes32>("pos_hash", WireTypes.B32, m => m.PosHash),
        new Field<HeaderSignatureMessage, Bytes32>("header_hash", WireTypes.B32, m => m.HeaderHash),
        new Field<HeaderSignatureMessage, Bytes96>("header_signature", WireTypes.Signature, m => m.HeaderSignature),
        (posHash, headerHash, headerSignature) => new(posHash, headerHash, headerSignature));
}
