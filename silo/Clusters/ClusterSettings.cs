using Chia.Protocol.Primitives;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Hosting;
using Chia.Silo.Node;

namespace Chia.Silo.Clusters;

/// <summary>A cluster's nodes as the two kinds of processes need them.</summary>
internal static class ClusterSettings
{
    /// <summary>What a silo needs: options of all roles; keys and plots only of those that it hosts.</summary>
    public static NodeSettings OnSilo(ClusterDefinition cluster, ClusterNode node, SiloPlace place)
    {
        var serves = place.Nodes.Count == 0 || place.Nodes.Contains(node.Name);
        var secret = node.Roles
            .Where(role => serves && NeedsFiles(role) && SiloPlace.HostOf(role) is { } host && place.Roles.Contains(host))
            .ToList();
        if (secret.Count > 0 && node.Root.Length == 0)
            throw new UserException(
                $"node {node.Name} has no root in the cluster file: its {RoleNames.Of(secret[0])} needs the folder of its keys and plots");
        var settings = NodeSettingsFactory.Create(node.Roles, node.Configuration, cluster.Network, node.Root);
        return settings with
        {
            Name = node.Name,
            Services = NodeSettingsFactory.Create(
                secret, node.Configuration, cluster.Network, node.Root, mayLackPlots: true).Services,
        };
    }

    /// <summary>What a gateway needs: where each role listens and whom it dials.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="node">One of its nodes.</param>
    /// <param name="shift">Added to every port that is named.</param>
    public static NodeSettings OnGateway(ClusterDefinition cluster, ClusterNode node, int shift)
    {
        var settings = NodeSettingsFactory.Create(node.Roles, node.Configuration, cluster.Network, node.Root);
        return settings with
        {
            Name = node.Name,
            Roles = [.. settings.Roles.Select(role => role with { Port = role.Port == 0 ? 0 : role.Port + shift })],
        };
    }

    private static bool NeedsFiles(Role role) => role is Role.Farmer or Role.Harvester;
}
