using Chia.Protocol.Messages.Fields;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>Asks for a body. Defined, neither sent nor handled (PROTOCOL.md 8.8).</summary>
/// <param name="BodyHash">H(ser(body)).</param>
public sealed record RequestBodyMessage(Bytes32 BodyHash) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "request_body";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RequestBodyMessage, Bytes32>("body_hash", WireTypes.B32, m => m.BodyHash),
        bodyHash => new(bodyHash));
}
