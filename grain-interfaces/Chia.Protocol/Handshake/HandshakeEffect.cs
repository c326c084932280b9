namespace Chia.Protocol.Handshake;

/// <summary>What the owner of a connection must do next. Effects are carried out in the order given, none is optional.</summary>
public abstract record HandshakeEffect
{
    private HandshakeEffect()
    {
    }

    /// <summary>Write these bytes: a whole frame.</summary>
    /// <param name="Frame">Length prefix and payload.</param>
    public sealed record WriteFrame(ReadOnlyMemory<byte> Frame) : HandshakeEffect;

    /// <summary>
    /// Reserve the peer's node id and call <see cref="HandshakeMachine.Registered"/> before the next frame is delivered. From here on a
    /// second connection of the same id is a duplicate; broadcasts must wait for <see cref="Established"/>.
    /// </summary>
    /// <param name="Peer">The peer.</param>
    public sealed record Register(HandshakeIdentity Peer) : HandshakeEffect;

    /// <summary>The ack is through on both sides: from now on the connection carries messages and receives broadcasts.</summary>
    /// <param name="Peer">The peer.</param>
    public sealed record Established(HandshakeIdentity Peer) : HandshakeEffect;

    /// <summary>Give back the node id, if this connection is the one that holds it: the reference forgets to, and refuses that peer for
    /// ever (PROTOCOL.md 4.3, F′).</summary>
    /// <param name="Peer">The peer.</param>
    public sealed record Release(HandshakeIdentity Peer) : HandshakeEffect;

    /// <summary>Close the connection.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Detail">One line for a log.</param>
    public sealed record Fail(HandshakeFailure Reason, string Detail) : HandshakeEffect;
}

/// <summary>Why a handshake did not come to its end.</summary>
public enum HandshakeFailure
{
    /// <summary>The first frame is no handshake in normal form.</summary>
    InvalidHandshake,

    /// <summary>The announced role is none of the five.</summary>
    InvalidRole,

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
