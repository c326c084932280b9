namespace Chia.Protocol.Handshake;

/// <summary>The answer to <see cref="HandshakeEffect.Register"/>.</summary>
public enum HandshakeRegistration
{
    /// <summary>The node id is reserved for this connection.</summary>
    Accepted,

    /// <summary>Another connection to the same node id is kept (<see cref="DuplicateRule"/>).</summary>
    Duplicate,

    /// <summary>A limit is reached, or the peer is banned.</summary>
    Refused,
}
