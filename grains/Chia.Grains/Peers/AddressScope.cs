using System.Net;
using System.Net.Sockets;

namespace Chia.Grains.Peers;

/// <summary>Whether an address can be reached from everywhere. What a public introducer tells must be (PROTOCOL.md 11.14); names are not looked up.</summary>
internal static class AddressScope
{
    /// <summary>Blocks of IPv4 that lead nowhere in public: this network, private, carrier's, loopback, link-local, multicast and reserved (RFC 6890).</summary>
    private static readonly IPNetwork[] SpecialIPv4 =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("224.0.0.0/3"),
    ];

    /// <summary>False for an address that only has a meaning nearby; true for any name.</summary>
    public static bool IsPublic(string host)
    {
        if (!IPAddress.TryParse(host, out var address))
            return true;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !SpecialIPv4.Any(network => network.Contains(address))
            : !(IPAddress.IsLoopback(address) || address.Equals(IPAddress.IPv6Any) || address.IsIPv6LinkLocal
                || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast);
    }
}
