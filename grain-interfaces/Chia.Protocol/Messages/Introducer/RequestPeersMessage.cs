using Chia.Protocol.Messages.Fields;

namespace Chia.Protocol.Messages;

/// <summary>Asks an introducer for full nodes (PROTOCOL.md 8.3). A full node closes on it.</summary>
public sealed record RequestPeersMessage : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "request_peers";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(Name, () => new RequestPeersMessage());
}
