using Chia.Protocol.Messages.Fields;

namespace Chia.Protocol.Messages;

/// <summary>Answers a <c>ping</c> (PROTOCOL.md 8.1; DECISIONS 9).</summary>
public sealed record PongMessage : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "pong";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(Name, () => new PongMessage());
}
