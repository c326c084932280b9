using System.Net;
using Chia.Gateway.Configuration;
using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;

namespace Chia.Silo.Node;

/// <summary>One role of a node.</summary>
internal sealed record RoleSettings(Role Role, int Port)
{
    /// <summary>Address to listen on; <see cref="IPAddress.IPv6Any"/> for all of both families.</summary>
    public IPAddress Address { get; init; } = IPAddress.IPv6Any;

    /// <summary>Roles of this process dialled for ever, wherever they happen to listen.</summary>
    public IReadOnlyList<Role> ConnectLocal { get; init; } = [];

    /// <summary>Peers dialled for ever.</summary>
    public IReadOnlyList<PeerAddress> Connect { get; init; } = [];

    /// <summary>Where addresses of full nodes come from.</summary>
    public PeerAddress? Introducer { get; init; }

    /// <summary>Between visits to the introducer while peers are missing.</summary>
    public TimeSpan IntroducerInterval { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Connections that others may open, and as many again from this machine.</summary>
    public int MaxInbound { get; init; } = new GatewayLimits().MaxInbound;
}
