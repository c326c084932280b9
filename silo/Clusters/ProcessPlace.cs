using System.Net;
using Chia.Grains.Placement;
using Chia.Protocol.Primitives;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Node;

namespace Chia.Silo.Clusters;

/// <summary>What one process of a cluster is told beside the cluster's file.</summary>
internal sealed record ProcessPlace
{
    /// <summary>Its name among the others; made of machine and port if empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Roles of a silo; none for all that the cluster's nodes have.</summary>
    public IReadOnlyList<SiloRole> Roles { get; init; } = [];

    /// <summary>Nodes that it serves; none for all.</summary>
    public IReadOnlyList<NodeName> Nodes { get; init; } = [];

    public IPAddress? Advertise { get; init; }

    public int? SiloPort { get; init; }

    public int? ClientPort { get; init; }

    public int? HttpPort { get; init; }

    /// <summary>Which of several processes on a machine.</summary>
    public Instance Instance { get; init; }

    /// <summary>What this adds to every port that nobody named on the command line.</summary>
    public int Shift => Instance.PortShift;

    /// <summary>Where log lines go.</summary>
    public LogSettings Log { get; init; } = new();

    /// <summary>Which of them; null for what the cluster's file says.</summary>
    public LogLevel? LogLevel { get; init; }

    public int HttpPortOf(ClusterDefinition cluster) => HttpPort ?? (cluster.Ports.Http == 0 ? 0 : cluster.Ports.Http + Shift);

    /// <exception cref="UserException">A name is no node of the cluster.</exception>
    public IReadOnlyList<ClusterNode> NodesOf(ClusterDefinition cluster)
    {
        if (Nodes.Where(name => cluster.Nodes.All(node => node.Name != name)).ToList() is [var unknown, ..])
            throw new UserException(
                $"the cluster has no node '{unknown}': it has {string.Join(", ", cluster.Nodes.Select(node => node.Name))}");
        return Nodes.Count == 0 ? cluster.Nodes : [.. cluster.Nodes.Where(node => Nodes.Contains(node.Name))];
    }
}
