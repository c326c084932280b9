namespace Chia.Protocol.Handshake;

/// <summary>Why a handshake did not come to its end.</summary>
public enum HandshakeFailure
{
    /// <summary>The first frame is no handshake in normal form.</summary>
    InvalidHandshake,

    /// <summary>The announced role is none of the five.</summary>
    InvalidNodeType,

    /// <summary>The peer is ourselves.</summary>
    ConnectedToSelf,

    /// <summary>The peer is on another network (DECISIONS 7).</summary>
    WrongNetwork,

    /// <summary>The peer is connected already, and that connection is kept (PROTOCOL.md 4.4).</summary>
    Duplicate,

    /// <summary>There is no room for another connection, or the peer is not welcome.</summary>
    Refused,

    /// <summary>The second frame is no ack.</summary>
    InvalidAck,

    /// <summary>The peer speaks another version.</summary>
    IncompatibleVersion,

    /// <summary>The frame is empty or longer than a handshake can be.</summary>
    InvalidFrame,

    /// <summary>The peer closed, or the connection broke.</summary>
    Disconnected,

    /// <summary>The peer took too long (PROTOCOL.md 11.7).</summary>
    TimedOut,
}
