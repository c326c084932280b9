namespace Chia.GrainInterfaces.Peers;

/// <summary>An established connection, and the way to it.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Observer">Its end at the gateway.</param>
[GenerateSerializer, Immutable, Alias("chia.PeerLine")]
public sealed record PeerLine(PeerConnection Connection, IPeerObserver Observer);
