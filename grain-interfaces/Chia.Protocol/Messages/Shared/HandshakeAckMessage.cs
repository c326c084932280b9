using Chia.Protocol.Messages.Fields;

namespace Chia.Protocol.Messages;

/// <summary>The second message of both sides: the handshake was accepted (PROTOCOL.md 4.2).</summary>
public sealed record HandshakeAckMessage : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "handshake_ack";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(Name, () => new HandshakeAckMessage());
}
