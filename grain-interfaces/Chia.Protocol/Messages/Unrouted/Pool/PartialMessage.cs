using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>A partial proof. Defined, neither sent nor handled (PROTOCOL.md 8.7).</summary>
/// <param name="Challenge">The challenge.</param>
/// <param name="ProofOfSpace">The proof.</param>
/// <param name="FarmerTarget">Where the farmer is paid.</param>
/// <param name="Signature">Prepend signature by the plot key over the target.</param>
internal sealed record PartialMessage(Challenge Challenge, ProofOfSpace ProofOfSpace, string FarmerTarget, Bytes96 Signature) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "partial";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<PartialMessage, Challenge>("challenge", WireTypes.Challenge, m => m.Challenge),
        new Field<PartialMessage, ProofOfSpace>("proof_of_space", WireTypes.ProofOfSpace, m => m.ProofOfSpace),
        new Field<PartialMessage, string>("farmer_target", WireTypes.Text, m => m.FarmerTarget),
        new Field<PartialMessage, Bytes96>("signature", WireTypes.Signature, m => m.Signature),
        (challenge, proofOfSpace, farmerTarget, signature) => new(challenge, proofOfSpace, farmerTarget, signature));
}

/// <summary>A partial proof was taken. Defined, neither sent nor handled (PROTOCOL.md 8.7).</summary>
internal sealed record PartialAckMessage : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "partial_ack";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(Name, () => new PartialAckMessage());
}
