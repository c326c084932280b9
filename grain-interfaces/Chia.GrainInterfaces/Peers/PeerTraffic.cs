using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Peers;

/// <summary>What went over a connection, as its gateway counts it.</summary>
/// <param name="BytesReceived">Length of the frames that the peer sent.</param>
/// <param name="BytesSent">Length of the frames that were queued for it.</param>
/// <param name="Height">The greatest height that it spoke of; null if of none yet.</param>
[GenerateSerializer, Immutable, Alias("chia.PeerTraffic")]
public sealed record PeerTraffic(long BytesReceived, long BytesSent, uint? Height);

/// <summary>What is held against the peer of a connection.</summary>
/// <param name="ConnectionId">Which connection.</param>
/// <param name="Points">0 for nothing; at <see cref="Blame.Limit"/> it is dropped.</param>
[GenerateSerializer, Immutable, Alias("chia.PeerPoints")]
public sealed record PeerPoints(ConnectionId ConnectionId, double Points);
