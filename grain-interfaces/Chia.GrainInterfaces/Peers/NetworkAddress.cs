using System.Net;
using System.Net.Sockets;

namespace Chia.GrainInterfaces.Peers;

/// <summary>How far an address reaches (DECISIONS 21).</summary>
public enum AddressScope
{
    /// <summary>From everywhere.</summary>
    Public,

    /// <summary>Within a site: RFC 1918 and unique local addresses.</summary>
    Site,

    /// <summary>Within the machine.</summary>
    Loopback,

    /// <summary>To nobody who could be dialled: link-local, documentation, benchmarks, translated, tunnelled, multicast, reserved.</summary>
    Special,
}

/// <summary>
/// One spelling for each address, before it is a key of anything (DECISIONS 21), and the units by which addresses are counted.
/// </summary>
public static class NetworkAddress
{
    /// <summary>A customer of a provider has a /64 or more of IPv6: what one host can vary at will is not told apart.</summary>
    private const int IPv6SourceBits = 64;

    /// <summary>Whoever has many addresses has them in few networks: a /16 of IPv4, a /32 of IPv6 (a provider's allocation).</summary>
    private const int IPv4GroupBits = 16, IPv6GroupBits = 32;

    private static readonly IPNetwork[] SiteNetworks = Parse("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

    /// <summary>Global unicast addresses of IPv6; all others have a special meaning or none yet (RFC 4291).</summary>
    private static readonly IPNetwork GlobalIPv6 = IPNetwork.Parse("2000::/3");

    /// <summary>The special-purpose registries of IPv4 and of the global part of IPv6 (RFC 6890 and what was added since).</summary>
    private static readonly IPNetwork[] SpecialNetworks = Parse(
        "0.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /// <summary>An address without the accidents of its spelling: IPv4 where it is mapped, no zone.</summary>
    public static IPAddress Canonical(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        return address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } ? new IPAddress(address.GetAddressBytes()) : address;
    }

    /// <summary>Reads an address in any spelling that a resolver takes; false for a name.</summary>
    public static bool TryParse(string host, out IPAddress address)
    {
        var isAddress = IPAddress.TryParse(host, out var parsed);
        address = isAddress ? Canonical(parsed!) : IPAddress.None;
        return isAddress;
    }

    /// <summary>The one spelling of an address or a DNS name; null for what is neither.</summary>
    public static string? CanonicalHost(string host)
    {
        if (!System.Text.Ascii.IsValid(host))
            return null;
        if (TryParse(host, out var address))
            return address.ToString();
        var name = (host.EndsWith('.') ? host[..^1] : host).ToLowerInvariant();
        return Uri.CheckHostName(name) == UriHostNameType.Dns ? name : null;
    }

    /// <summary>What counts as one peer's own address: an address of IPv4, a /64 of IPv6.</summary>
    public static IPAddress Source(IPAddress address) => Prefix(Canonical(address), 32, IPv6SourceBits);

    /// <summary>The network that an address belongs to, for telling crowds from strangers.</summary>
    public static IPAddress Group(IPAddress address) => Prefix(Canonical(address), IPv4GroupBits, IPv6GroupBits);

    /// <summary>How far an address reaches.</summary>
    public static AddressScope ScopeOf(IPAddress address)
    {
        address = Canonical(address);
        if (IPAddress.IsLoopback(address))
            return AddressScope.Loopback;
        if (SiteNetworks.Any(network => network.Contains(address)))
            return AddressScope.Site;
        var isSpecial = SpecialNetworks.Any(network => network.Contains(address))
            || (address.AddressFamily == AddressFamily.InterNetworkV6 && !GlobalIPv6.Contains(address));
        return isSpecial ? AddressScope.Special : AddressScope.Public;
    }

    private static IPAddress Prefix(IPAddress address, int bits, int bitsOfIPv6)
    {
        var bytes = address.GetAddressBytes();
        var kept = (bytes.Length == 4 ? bits : bitsOfIPv6) / 8;
        bytes.AsSpan(kept).Clear();
        return new IPAddress(bytes);
    }

    private static IPNetwork[] Parse(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}
