namespace Chia.GrainInterfaces.Peers;

/// <summary>An established connection and the observer by which the grains reach it.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Observer">Its end at the gateway that holds the socket.</param>
[GenerateSerializer, Immutable, Alias("chia.PeerLine")]
public sealed record PeerLine(PeerConnection Connection, IPeerObserver Observer);
