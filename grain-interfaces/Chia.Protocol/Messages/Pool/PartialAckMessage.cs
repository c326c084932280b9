using Chia.Protocol.Messages.Fields;

namespace Chia.Protocol.Messages;

/// <summary>A partial proof was taken. Defined, neither sent nor handled (PROTOCOL.md 8.7).</summary>
public sealed record PartialAckMessage : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "partial_ack";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(Name, () => new PartialAckMessage());
}
