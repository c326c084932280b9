using Chia.Protocol.Blocks;

namespace Chia.Protocol.Messages;

/// <summary>A proof of time, relayed from node to node (PROTOCOL.md 8.2; DECISIONS 13).</summary>
/// <param name="Proof">The proof.</param>
public sealed record NewProofOfTimeMessage(ProofOfTime Proof) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "new_proof_of_time";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<NewProofOfTimeMessage, ProofOfTime>("proof", WireTypes.ProofOfTime, m => m.Proof),
        proof => new(proof));
}
