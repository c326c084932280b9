using Chia.Protocol.Blocks;

namespace Chia.Protocol.Messages;

/// <summary>A timelord's finished proof (PROTOCOL.md 8.6).</summary>
/// <param name="Proof">The proof.</param>
public sealed record ProofOfTimeFinishedMessage(ProofOfTime Proof) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "proof_of_time_finished";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<ProofOfTimeFinishedMessage, ProofOfTime>("proof", WireTypes.ProofOfTime, m => m.Proof),
        proof => new(proof));
}
