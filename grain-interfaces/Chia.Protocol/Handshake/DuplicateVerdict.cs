namespace Chia.Protocol.Handshake;

/// <summary>Which of two connections to one node id stays.</summary>
public enum DuplicateVerdict
{
    /// <summary>Close the new one (<see cref="HandshakeRegistration.Duplicate"/>).</summary>
    KeepExisting,

    /// <summary>Close the old one and register the new one (<see cref="HandshakeRegistration.Accepted"/>).</summary>
    KeepNew,
}
