using Chia.GrainInterfaces.Peers;

namespace Chia.Grains.Peers;

/// <summary>An entry of the address book.</summary>
/// <param name="Endpoint">Where.</param>
/// <param name="Heard">When it was last told or connected.</param>
/// <param name="Reached">When it was last reached from here; null if never.</param>
[GenerateSerializer, Immutable, Alias("chia.KnownPeer")]
public sealed record KnownPeer(PeerEndpoint Endpoint, DateTimeOffset Heard, DateTimeOffset? Reached);
