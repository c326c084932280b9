using Chia.Protocol.Blocks;
using Chia.Protocol.Messages.Fields;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

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
