namespace Chia.Protocol.Handshake;

/// <summary>How far a handshake has come; the numbers are the steps of PROTOCOL.md 4.3.</summary>
public enum HandshakeState
{
    /// <summary>Nothing has been written (before 1).</summary>
    New,

    /// <summary>Our handshake is written, the peer's is awaited (2).</summary>
    AwaitingHandshake,

    /// <summary>The peer's node id is being registered (7). No frame may be delivered now.</summary>
    AwaitingRegistration,

    /// <summary>Our ack is written, the peer's is awaited (9).</summary>
    AwaitingAck,

    /// <summary>Done (11).</summary>
    Established,

    /// <summary>Failed; the connection is to be closed.</summary>
    Failed,
}
