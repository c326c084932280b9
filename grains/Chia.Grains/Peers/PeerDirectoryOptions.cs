using Chia.Protocol.Addresses;

namespace Chia.Grains.Peers;

/// <summary>Numbers of the peer directory.</summary>
public sealed record PeerDirectoryOptions
{
    /// <summary>Storage provider of everything the roles keep.</summary>
    public const string StorageName = "chia";

    /// <summary>target_peer_count: full-node connections aimed at.</summary>
    public int TargetPeerCount { get; set; } = 10;

    /// <summary>recent_peer_threshold: addresses older than this are not dialled or handed out.</summary>
    public TimeSpan RecentPeerThreshold { get; set; } = TimeSpan.FromSeconds(6000);

    /// <summary>An introducer tries its addresses out this often: what it hands out was alive then.</summary>
    public TimeSpan VettingInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an address is kept out the first time; twice as long every further time.</summary>
    public TimeSpan BanTime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long at most: addresses change hands.</summary>
    public TimeSpan LongestBanTime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>With so few full-node peers nobody is kept out for being slow: a node must not cut itself off. Who lies is.</summary>
    public int MinimumPeers { get; set; } = 3;

    /// <summary>Entries of a gateway that has been silent this long are dropped; gateways renew every 20 seconds.</summary>
    public TimeSpan GatewayTimeout { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>How far the address that we listen on reaches: others may tell us of such addresses (DECISIONS 21). A network on one
    /// machine listens on loopback.</summary>
    public AddressScope ListensWithin { get; set; } = AddressScope.Public;
}
