using System.Net;
using System.Net.Sockets;

namespace Chia.Protocol.Addresses;

/// <summary>
/// Hosts that count as one. IPv6 addresses that carry an IPv4 address are grouped as that one, so that nobody multiplies himself through
/// translators.
/// </summary>
/// <param name="Text">The group's name: a prefix (<c>203.0.0.0/16</c>), <c>loopback</c>, or a DNS name.</param>
public readonly record struct NetworkGroup(string Text)
{
    /// <summary>One IPv4 address is one subscriber.</summary>
    internal const int SubscriberIPv4Bits = 32;

    /// <summary>A subscriber has at least a whole /64 (RFC 6177), each address of which he can use.</summary>
    internal const int SubscriberIPv6Bits = 64;

    /// <summary>As Bitcoin nodes group IPv4: what one owner rarely has more than one of.</summary>
    internal const int NetworkIPv4Bits = 16;

    /// <summary>As Bitcoin nodes group IPv6: what a registry hands to one provider.</summary>
    internal const int NetworkIPv6Bits = 32;

    /// <summary>All of loopback: whole networks live on one machine.</summary>
    public static NetworkGroup Loopback { get; } = new("loopback");

    /// <inheritdoc/>
    public override string ToString() => Text ?? "";

    internal static NetworkGroup Of(PeerHost host, int bits4, int bits6)
    {
        if (host.Address is not { } address)
            return new NetworkGroup(host.ToString());
        if (host.IsLoopback)
            return Loopback;
        address = SpecialAddresses.Carried(address) ?? address;
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? bits4 : bits6;
        return new NetworkGroup($"{Truncate(address, bits)}/{bits}");
    }

    private static IPAddress Truncate(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(bits / 8).Clear();
        return new IPAddress(bytes);
    }
}
