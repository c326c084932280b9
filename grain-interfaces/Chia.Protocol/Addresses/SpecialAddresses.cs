using System.Net;
using System.Net.Sockets;

namespace Chia.Protocol.Addresses;

/// <summary>The table of special address blocks. An IPv6 address that carries an IPv4 address is judged by what it carries.</summary>
internal static class SpecialAddresses
{
    private static readonly (IPNetwork Block, AddressScope Scope)[] IPv4 =
    [
        Block("0.0.0.0/32", AddressScope.Unspecified),
        Block("0.0.0.0/8", AddressScope.Reserved),
        Block("10.0.0.0/8", AddressScope.Private),
        Block("100.64.0.0/10", AddressScope.Shared),
        Block("127.0.0.0/8", AddressScope.Loopback),
        Block("169.254.0.0/16", AddressScope.LinkLocal),
        Block("172.16.0.0/12", AddressScope.Private),
        Block("192.0.0.0/24", AddressScope.Reserved),
        Block("192.0.2.0/24", AddressScope.Documentation),
        Block("192.88.99.0/24", AddressScope.Reserved),
        Block("192.168.0.0/16", AddressScope.Private),
        Block("198.18.0.0/15", AddressScope.Benchmarking),
        Block("198.51.100.0/24", AddressScope.Documentation),
        Block("203.0.113.0/24", AddressScope.Documentation),
        Block("224.0.0.0/4", AddressScope.Multicast),
        Block("240.0.0.0/4", AddressScope.Reserved),
    ];

    /// <summary>The first block that fits decides; what is in none is public within 2000::/3, which is all that has been handed
    /// out.</summary>
    private static readonly (IPNetwork Block, AddressScope Scope)[] IPv6 =
    [
        Block("::/128", AddressScope.Unspecified),
        Block("::1/128", AddressScope.Loopback),
        Block("64:ff9b:1::/48", AddressScope.Translated),
        Block("100::/64", AddressScope.Reserved),
        Block("2001:2::/48", AddressScope.Benchmarking),
        Block("2001:db8::/32", AddressScope.Documentation),
        Block("2001::/23", AddressScope.Reserved),
        Block("3fff::/20", AddressScope.Documentation),
        Block("fc00::/7", AddressScope.Private),
        Block("fe80::/10", AddressScope.LinkLocal),
        Block("fec0::/10", AddressScope.Private),
        Block("ff00::/8", AddressScope.Multicast),
        Block("2000::/3", AddressScope.Public),
    ];

    /// <summary>Blocks whose addresses carry an IPv4 address, where it begins, and whether its bits are inverted.</summary>
    private static readonly (IPNetwork Block, int Offset, bool Inverted)[] Carriers =
    [
        (IPNetwork.Parse("::ffff:0:0/96"), 12, false),
        (IPNetwork.Parse("::ffff:0:0:0/96"), 12, false),
        (IPNetwork.Parse("64:ff9b::/96"), 12, false),
        (IPNetwork.Parse("2001::/32"), 12, true),
        (IPNetwork.Parse("2002::/16"), 2, false),
        (IPNetwork.Parse("::/96"), 12, false),
    ];

    /// <summary>From where an address can be reached.</summary>
    public static AddressScope ScopeOf(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return Find(IPv4, address) ?? AddressScope.Public;
        if (Carried(address) is not { } carried)
            return Find(IPv6, address) ?? AddressScope.Reserved;
        var scope = ScopeOf(carried);
        return scope == AddressScope.Public ? AddressScope.Translated : scope;
    }

    /// <summary>
    /// The IPv4 address that an IPv6 address carries, or null: mapped, compatible, translated by SIIT or NAT64, 6to4, or a Teredo client.
    /// </summary>
    public static IPAddress? Carried(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.Equals(IPAddress.IPv6Any)
            || address.Equals(IPAddress.IPv6Loopback))
            return null;
        foreach (var (block, offset, inverted) in Carriers)
        {
            if (!block.Contains(address))
                continue;
            var bytes = address.GetAddressBytes().AsSpan(offset, 4);
            for (var i = 0; inverted && i < bytes.Length; i++)
                bytes[i] = (byte)~bytes[i];
            return new IPAddress(bytes);
        }

        return null;
    }

    private static AddressScope? Find((IPNetwork Block, AddressScope Scope)[] table, IPAddress address)
    {
        foreach (var (block, scope) in table)
        {
            if (block.Contains(address))
                return scope;
        }

        return null;
    }

    private static (IPNetwork Block, AddressScope Scope) Block(string block, AddressScope scope) => (IPNetwork.Parse(block), scope);
}
