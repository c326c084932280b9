namespace Chia.Protocol.Messages;

/// <summary>When in the life of a connection a message may come (PROTOCOL.md 4.3, 8.1).</summary>
public enum MessagePhase
{
    /// <summary>Only before the connection is established.</summary>
    Handshake,

    /// <summary>Only afterwards.</summary>
    Established,
}
