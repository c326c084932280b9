using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Clusters;

/// <summary>What a cluster is made of just now.</summary>
/// <param name="Silos">By name.</param>
/// <param name="Singletons">What there is once a node, or once a role of a node.</param>
/// <param name="Gateways">Those that the directories hear of.</param>
/// <param name="MissingRoles">Roles that a node needs and no active silo has.</param>
[GenerateSerializer, Immutable, Alias("chia.ClusterReport")]
public sealed record ClusterReport(
    SiloReport[] Silos,
    SingletonReport[] Singletons,
    GatewayReport[] Gateways,
    string[] MissingRoles);

/// <summary>A silo.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Address, port and start.</param>
/// <param name="Status">As the membership has it: active, joining, shutting_down, …</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Nodes">The nodes that it serves; <c>*</c> for all. Null from a silo of a version that did not say.</param>
[GenerateSerializer, Immutable, Alias("chia.SiloReport")]
public sealed record SiloReport(string Name, string Address, string Status, string[] Roles, string[]? Nodes)
{
    /// <summary>What a silo that serves all nodes says instead of their names.</summary>
    public const string EveryNode = "*";

    /// <summary>It may host what a role of a node needs.</summary>
    public bool Takes(string role, NodeName node) =>
        Status == "active" && Roles.Contains(role) && (Nodes is null || Nodes.Contains(EveryNode) || Nodes.Contains(node.ToString()));
}

/// <summary>A grain that there is once.</summary>
/// <param name="Kind">chain, sync, full_node, directory, farmer, …</param>
/// <param name="Key">Whose: a node's name, or node and role.</param>
/// <param name="Silo">Name of the silo that it lives on; null if nowhere.</param>
/// <param name="Epoch">The writer's epoch of a chain; null for all others.</param>
[GenerateSerializer, Immutable, Alias("chia.SingletonReport")]
public sealed record SingletonReport(string Kind, string Key, string? Silo, long? Epoch);

/// <summary>A gateway of a node's role.</summary>
/// <param name="Key">Node and role.</param>
/// <param name="Id">Machine and start.</param>
/// <param name="Connections">Established connections that it holds.</param>
[GenerateSerializer, Immutable, Alias("chia.GatewayReport")]
public sealed record GatewayReport(string Key, string Id, int Connections);
