using System.Collections.Immutable;
using Chia.GrainInterfaces.Clusters;
using Chia.Protocol.Primitives;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace Chia.Grains.Placement;

/// <summary>The roles of the silos of a cluster, as each tells them to the others. A silo of which nothing is known yet is given
/// nothing.</summary>
public sealed class SiloRoles(OwnRoles own, ILocalSiloDetails local, ISiloMetadataCache metadata)
{
    private const string RolesKey = "chia.roles";
    private const string NodesKey = "chia.nodes";

    /// <summary>What a silo tells of itself.</summary>
    /// <param name="roles">Its roles.</param>
    /// <param name="nodes">The nodes it serves; none for all.</param>
    internal static Dictionary<string, string> Describe(IEnumerable<SiloRole> roles, IReadOnlyCollection<NodeName> nodes) => new()
    {
        [RolesKey] = string.Join(',', roles.Select(SiloRoleNames.Of)),
        [NodesKey] = nodes.Count == 0 ? SiloReport.EveryNode : string.Join(',', nodes),
    };

    /// <summary>Words of the silo's roles (<see cref="SiloRoleNames"/>), and of those that only a newer silo knows; none if it has not told
    /// them yet.</summary>
    internal IReadOnlyList<string> Of(SiloAddress silo) => Read(silo, RolesKey);

    /// <summary>The nodes that the silo serves, <see cref="SiloReport.EveryNode"/> for all; none if it has not told them yet.</summary>
    internal IReadOnlyList<string> NodesOf(SiloAddress silo) => Read(silo, NodesKey);

    /// <summary>The silo has a role.</summary>
    public bool Has(SiloAddress silo, SiloRole role) => Of(silo).Contains(SiloRoleNames.Of(role));

    /// <summary>The silo may host grains of a node: harvesters and farmers live where their files are.</summary>
    internal bool Serves(SiloAddress silo, NodeName node) =>
        Read(silo, NodesKey) is var nodes && (nodes.Contains(SiloReport.EveryNode) || nodes.Contains(node.ToString()));

    private string[] Read(SiloAddress silo, string key) =>
        (silo.Equals(local.SiloAddress)
            ? own.Description
            : metadata.GetSiloMetadata(silo)?.Metadata ?? ImmutableDictionary<string, string>.Empty)
            .GetValueOrDefault(key)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
}

/// <summary>What this silo tells of itself: it knows that before the others do.</summary>
public sealed record OwnRoles(IReadOnlyDictionary<string, string> Description);
