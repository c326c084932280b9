using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>A body. Defined, neither sent nor handled (PROTOCOL.md 8.8).</summary>
/// <param name="Body">The body.</param>
internal sealed record RespondBodyMessage(Body Body) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "respond_body";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RespondBodyMessage, Body>("body", WireTypes.Body, m => m.Body),
        body => new(body));
}

/// <summary>Asks for a body. Defined, neither sent nor handled (PROTOCOL.md 8.8).</summary>
/// <param name="BodyHash">H(ser(body)).</param>
internal sealed record RequestBodyMessage(Bytes32 BodyHash) : Message
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
