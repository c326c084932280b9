using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>Asks for the proof behind a quality; answered by <c>respond_proof_of_space</c>, or by silence if unknown
/// (PROTOCOL.md 8.5).</summary>
/// <param name="Quality">The quality.</param>
public sealed record RequestProofOfSpaceMessage(Bytes32 Quality) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "request_proof_of_space";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RequestProofOfSpaceMessage, Bytes32>("quality", WireTypes.B32, m => m.Quality),
        quality => new(quality));
}

/// <summary>The proof behind a quality (PROTOCOL.md 8.5).</summary>
/// <param name="Quality">The quality.</param>
/// <param name="Proof">The proof.</param>
public sealed record RespondProofOfSpaceMessage(Bytes32 Quality, ProofOfSpace Proof) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "respond_proof_of_space";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RespondProofOfSpaceMessage, Bytes32>("quality", WireTypes.B32, m => m.Quality),
        new Field<RespondProofOfSpaceMessage, ProofOfSpace>("proof", WireTypes.ProofOfSpace, m => m.Proof),
        (quality, proof) => new(quality, proof));
}
