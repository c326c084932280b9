using Chia.Protocol.Messages.Fields;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

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
