using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Chia.Protocol.Blocks;

namespace Chia.Protocol.Addresses;

/// <summary>Where a peer can be dialled: a canonical host and a TCP port from 1 to 65535. Equal addresses lead to the same
/// listener.</summary>
public readonly record struct PeerAddress
{
    private PeerAddress(PeerHost host, ushort port)
    {
        Host = host;
        Port = port;
    }

    /// <summary>The host.</summary>
    public PeerHost Host { get; }

    /// <summary>The port; 0 only in the default value, which is no address.</summary>
    public ushort Port { get; }

    /// <summary>The address of a host's port.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The port is 0.</exception>
    public static PeerAddress Of(PeerHost host, ushort port)
    {
        ArgumentOutOfRangeException.ThrowIfZero(port);
        return new PeerAddress(host, port);
    }

    /// <summary>What a peer told on the wire. False for port 0 and for hosts that cannot be dialled.</summary>
    public static bool TryOf(PeerInfo info, out PeerAddress address) => TryOf(info.Host, info.Port, out address);

    /// <summary>As <see cref="TryOf(string, ushort, out PeerAddress)"/>.</summary>
    /// <exception cref="FormatException">It cannot be dialled.</exception>
    public static PeerAddress Of(string host, ushort port) =>
        TryOf(host, port, out var address) ? address : throw new FormatException("no address");

    /// <summary>Those of the addresses a peer told that can be dialled.</summary>
    public static IEnumerable<PeerAddress> Dialable(IEnumerable<PeerInfo> told)
    {
        foreach (var info in told)
        {
            if (TryOf(info, out var address))
                yield return address;
        }
    }

    /// <summary>A host as it is written, and a port. False for port 0 and for hosts that cannot be dialled.</summary>
    public static bool TryOf(string host, ushort port, out PeerAddress address)
    {
        address = PeerHost.TryParse(host, out var canonical) && port != 0 ? new PeerAddress(canonical, port) : default;
        return address.Port != 0;
    }

    /// <summary>Reads <c>host:port</c>, IPv6 in brackets.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PeerAddress address)
    {
        address = default;
        var colon = text?.LastIndexOf(':') ?? -1;
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return false;
        var host = text![..colon];
        return (!host.Contains(':') || host[0] == '[') && TryOf(host, port, out address);
    }

    /// <summary>To the wire's form.</summary>
    public PeerInfo ToPeerInfo() => new(Host.ToString(), Port);

    /// <summary>host:port, with brackets around an IPv6 address.</summary>
    public override string ToString() => ToPeerInfo().ToString();
}
