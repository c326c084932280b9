using Chia.Gateway.Configuration;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Handshake;
using Microsoft.Extensions.Logging;

namespace Chia.Gateway.Connections;

/// <summary>What all connections of one gateway share.</summary>
internal sealed class LinkServices(IClusterClient cluster, GatewayOptions options, TimeProvider time)
{
    public IClusterClient Cluster { get; } = cluster;

    public GatewayOptions Options { get; } = options;

    public GatewayLimits Limits => Options.Limits;

    /// <summary>What we announce in handshakes.</summary>
    public required HandshakeIdentity Identity { get; init; }

    /// <summary>What the gateway is called among those of its node.</summary>
    public required string GatewayId { get; init; }

    public required LinkTable Links { get; init; }

    public TimeProvider Time { get; } = time;

    public required ILogger Log { get; init; }

    /// <summary>How long calls are tried again while the cluster moves or is away.</summary>
    public ClusterPatience Patience { get; } = new(options.Limits.ClusterPatience, time);

    /// <summary>How many log lines connections that come and go may write.</summary>
    public LogBudget LogBudget { get; } = new(time);

    /// <summary>Whose question is answered next.</summary>
    public FairTurns Turns { get; } = new(options.Limits.AnswersUnderWay, time);

    /// <summary>Shared with the other gateways of the process.</summary>
    public required GatewayMemory Memory { get; init; }

    public IPeerDirectoryGrain Directory { get; } =
        cluster.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(options.Node, options.Role));
}
