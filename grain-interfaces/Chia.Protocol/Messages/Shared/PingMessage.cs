namespace Chia.Protocol.Messages;

/// <summary>Asks for a <c>pong</c>. The reference defines it, never sends it and closes on it (PROTOCOL.md 8.1; DECISIONS 9).</summary>
public sealed record PingMessage : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "ping";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(Name, () => new PingMessage());
}

/// <summary>Answers a <c>ping</c> (PROTOCOL.md 8.1; DECISIONS 9).</summary>
public sealed record PongMessage : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "pong";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(Name, () => new PongMessage());
}
