using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Chia.Protocol.Addresses;

namespace Chia.Grains.Peers;

/// <summary>The address book as it is kept across restarts.</summary>
[GenerateSerializer, Alias("chia.StoredAddressBook")]
internal sealed class StoredAddressBook
{
    /// <summary>All entries.</summary>
    [Id(0)]
    public List<KnownPeer> Peers { get; set; } = [];

    /// <summary>The node id that this role announces, in hex; empty until one was drawn.</summary>
    [Id(1)]
    public string NodeId { get; set; } = "";

    /// <summary>Who is kept out.</summary>
    [Id(2)]
    public List<StoredBan> Bans { get; set; } = [];
}

/// <summary>A ban, in the time of day.</summary>
/// <param name="Source">Whoever is behind the address.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Left">How long it had left when it was kept.</param>
/// <param name="Times">How often it was kept out, this time included: the next is twice as long.</param>
[GenerateSerializer, Immutable, Alias("chia.StoredBan")]
internal sealed record StoredBan(string Source, DateTimeOffset Until, TimeSpan Left, int Times);

/// <summary>An entry of the address book, in the time of day.</summary>
/// <param name="Endpoint">Where.</param>
/// <param name="Heard">When it was last told or connected.</param>
/// <param name="Reached">When it was last reached from here; null if never.</param>
[GenerateSerializer, Immutable, Alias("chia.KnownPeer")]
internal sealed record KnownPeer(StoredAddress Endpoint, DateTimeOffset Heard, DateTimeOffset? Reached);

/// <summary>An address as it is kept; judged when it is read.</summary>
/// <param name="Host">The canonical host.</param>
/// <param name="Port">The port.</param>
[GenerateSerializer, Immutable, Alias("chia.StoredAddress")]
internal sealed record StoredAddress(string Host, ushort Port)
{
    /// <summary>To be kept.</summary>
    public static StoredAddress Of(PeerAddress address) => new(address.Host.ToString(), address.Port);
}

/// <summary>What grains keep, as JSON.</summary>
public static class StoredState
{
    /// <summary>Its shapes, made when this was built: by reflection the first connection of a process waits for two hundred methods to be
    /// compiled.</summary>
    public static IJsonTypeInfoResolver Json => StoredJson.Default;
}

[JsonSerializable(typeof(StoredAddressBook))]
internal sealed partial class StoredJson : JsonSerializerContext;
