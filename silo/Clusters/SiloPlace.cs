using System.Net;
using Chia.Grains.Placement;
using Chia.Protocol.Primitives;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Node;

namespace Chia.Silo.Clusters;

/// <summary>One silo: what it does, and where.</summary>
/// <param name="Name">For people; unique among the silos that run.</param>
/// <param name="Roles">What it may be given to do.</param>
/// <param name="Nodes">The nodes that it serves; none for all.</param>
/// <param name="Listen">Address that Orleans' ports are bound to.</param>
/// <param name="Advertised">Address at which others reach them.</param>
/// <param name="SiloPort">For silos.</param>
/// <param name="ClientPort">For gateways and tools.</param>
internal sealed record SiloPlace(
    string Name, IReadOnlyList<SiloRole> Roles, IReadOnlyList<NodeName> Nodes, IPAddress Listen, IPAddress Advertised, int SiloPort,
    int ClientPort)
{
    /// <exception cref="UserException">An address that others cannot reach, or one that they should not.</exception>
    public static SiloPlace Of(ClusterDefinition cluster, ProcessPlace place)
    {
        var ports = cluster.Ports;
        var siloPort = place.SiloPort ?? ports.Silo + place.Shift;
        RequireTrust(cluster);
        return new SiloPlace(
            place.Name.Length > 0 ? place.Name : $"{Environment.MachineName}-{siloPort}",
            place.Roles.Count > 0 ? place.Roles : WantedBy(cluster),
            // What a silo does not know, by a file of yesterday or of somebody else, it is not given.
            [.. place.NodesOf(cluster).Select(node => node.Name)],
            ports.Address,
            place.Advertise ?? Reachable(ports.Address),
            siloPort,
            place.ClientPort ?? ports.Client + place.Shift);
    }

    /// <summary>Whoever reaches these ports may call any grain.</summary>
    private static void RequireTrust(ClusterDefinition cluster)
    {
        if (!IPAddress.IsLoopback(cluster.Ports.Address) && cluster.Tls is null && !cluster.Ports.TrustsTheNetwork)
        {
            throw new UserException(
                $"listen.address is {cluster.Ports.Address} and there is no tls: whoever reaches the silos' ports could command them. "
                + "Name certificates under tls, listen on 127.0.0.1, or set listen.trust_the_network: true where only your own processes are");
        }
    }

    private static IPAddress Reachable(IPAddress listen) => !listen.Equals(IPAddress.Any) && !listen.Equals(IPAddress.IPv6Any)
        ? listen
        : throw new UserException(
            $"this silo listens on all addresses: say at which one others reach it, with --advertise or {ClusterEnvironment.Advertise}");

    /// <summary>The roles that a cluster's nodes need: what a silo has that names none.</summary>
    public static List<SiloRole> WantedBy(ClusterDefinition cluster) =>
    [
        SiloRole.Chain,
        SiloRole.Validator,
        .. cluster.Nodes.SelectMany(node => node.Roles).Distinct().Select(HostOf).OfType<SiloRole>(),
    ];

    /// <summary>The silo's role that hosts a node's role; null for the full node, which lives with the chain.</summary>
    public static SiloRole? HostOf(Role role) => SiloRoleNames.TryParse(RoleNames.Of(role), out var host) ? host : null;
}
