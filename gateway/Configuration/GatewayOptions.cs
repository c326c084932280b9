using System.Net;
using Chia.Protocol.Addresses;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Configuration;

/// <summary>What the gateway of one role is made with.</summary>
public sealed record GatewayOptions
{
    /// <summary>Name of the node in the cluster.</summary>
    public NodeName Node { get; init; } = NodeName.Main;

    /// <summary>Name of the process, for people; what it is called among the gateways of the node begins with it.</summary>
    public string Process { get; init; } = Environment.MachineName;

    /// <summary>Which run of the process: what its gateways of all roles have in common, and no later process has.</summary>
    public Guid Run { get; init; } = Guid.NewGuid();

    /// <summary>Our role on this port.</summary>
    public required Role Role { get; init; }

    /// <summary>Network id, ports.</summary>
    public required NetworkDefinition Network { get; init; }

    /// <summary>Address to listen on; all by default (DECISIONS 15).</summary>
    public IPAddress Address { get; init; } = IPAddress.IPv6Any;

    /// <summary>Port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Peers that are dialled for ever, with back-off.</summary>
    public IReadOnlyList<PeerAddress> ConfiguredPeers { get; init; } = [];

    /// <summary>Where addresses of full nodes come from; null for none. Full nodes only.</summary>
    public PeerAddress? Introducer { get; init; }

    /// <summary>Seconds between visits to the introducer while peers are missing (introducer_connect_interval).</summary>
    public TimeSpan IntroducerInterval { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Told on every connection, before its handshake, by whoever runs it: must be quick and must not throw.</summary>
    public Action? ConnectionBegins { get; init; }

    /// <summary>The cut through the network that a simulation makes; null outside simulations.</summary>
    public IPartition? Partition { get; init; }

    /// <summary>Its bounds.</summary>
    public GatewayLimits Limits { get; init; } = new();

    /// <summary>This gateway is a process of a cluster. The cluster need not be there when it starts: it is waited for.</summary>
    public bool IsOneOfSeveral { get; init; }
}
