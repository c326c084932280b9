using Chia.Protocol.Blocks;
using Chia.Protocol.Messages.Fields;

namespace Chia.Protocol.Messages;

/// <summary>A body. Defined, neither sent nor handled (PROTOCOL.md 8.8).</summary>
/// <param name="Body">The body.</param>
public sealed record RespondBodyMessage(Body Body) : Message
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
