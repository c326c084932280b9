namespace Chia.Protocol.Handshake;

/// <summary>What decides between two connections to one node id.</summary>
/// <param name="DialledByUs">True if we dialled, false if we accepted.</param>
/// <param name="RemoteAddress">The peer's address as seen on the socket, without port.</param>
/// <param name="Age">Since the TCP connection came up.</param>
/// <param name="Silence">Since the last byte arrived, or since the connection came up.</param>
/// <param name="Established">The peer's ack has arrived: it has registered this connection.</param>
public readonly record struct ConnectionFacts(bool DialledByUs, string RemoteAddress, TimeSpan Age, TimeSpan Silence, bool Established);
