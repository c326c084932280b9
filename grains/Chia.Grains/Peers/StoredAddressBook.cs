using Chia.GrainInterfaces.Peers;

namespace Chia.Grains.Peers;

/// <summary>The address book as it is kept across restarts.</summary>
[GenerateSerializer, Alias("chia.StoredAddressBook")]
public sealed class StoredAddressBook
{
    /// <summary>All entries.</summary>
    [Id(0)]
    public List<KnownPeer> Peers { get; set; } = [];
}

/// <summary>An entry of the address book, in the time of day.</summary>
/// <param name="Endpoint">Where.</param>
/// <param name="Heard">When it was last told or connected.</param>
/// <param name="Reached">When it was last reached from here; null if never.</param>
[GenerateSerializer, Immutable, Alias("chia.KnownPeer")]
public sealed record KnownPeer(PeerEndpoint Endpoint, DateTimeOffset Heard, DateTimeOffset? Reached);
