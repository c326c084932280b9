using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chia.GrainInterfaces.Clusters;
using Chia.Grains.Placement;
using Chia.Protocol.Primitives;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Views;

namespace Chia.Silo.Clusters;

/// <summary>A cluster's report for people and for scripts.</summary>
internal static class ClusterView
{
    public static string Json(ClusterReport report) => JsonSerializer.Serialize(report, ClusterJson.Default.ClusterReport);

    /// <summary>Words of the roles that the cluster's nodes need and no active silo takes: <c>validator</c> for all of them,
    /// <c>harvester of NODE</c> for one.</summary>
    public static string[] MissingOf(ClusterDefinition cluster, ClusterReport report)
    {
        var there = report.Silos.Where(silo => silo.Status == "active").SelectMany(silo => silo.Roles).ToHashSet();
        var nowhere = SiloPlace.WantedBy(cluster).Select(SiloRoleNames.Of).Where(role => !there.Contains(role)).ToList();
        var elsewhere =
            from node in cluster.Nodes
            from role in node.Roles.Select(SiloPlace.HostOf).OfType<SiloRole>().Prepend(SiloRole.Chain).Select(SiloRoleNames.Of)
            where !nowhere.Contains(role) && !report.Silos.Any(silo => silo.Takes(role, node.Name))
            select $"{role} of {node.Name}";
        return [.. nowhere, .. elsewhere];
    }

    /// <summary>Without the chains of nodes that are no full node: a harvester has none to miss.</summary>
    public static SingletonReport[] OfItsRoles(ClusterDefinition cluster, IEnumerable<SingletonReport> singletons)
    {
        var without = cluster.Nodes.Where(node => !node.Roles.Contains(Role.FullNode)).Select(node => node.Name.ToString()).ToHashSet();
        return [.. singletons.Where(singleton => singleton.Silo is not null || !without.Contains(singleton.Key))];
    }

    /// <summary>What of <see cref="MissingOf"/> is missing as soon as a silo has ended, by its name or address.</summary>
    public static IEnumerable<string> MissedWithout(ClusterDefinition cluster, ClusterReport report, string silo) =>
        MissingOf(cluster, report with { Silos = [.. report.Silos.Where(other => other.Name != silo && other.Address != silo)] })
            .Except(MissingOf(cluster, report));

    public static string Text(string cluster, ClusterReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(
            $"cluster {cluster}: {report.Silos.Length} silos, {report.Gateways.Select(g => g.Id).Distinct().Count()} gateways");
        foreach (var role in report.MissingRoles)
            text.AppendLine($"  no silo has the role {role}: calls that need it fail until one does");
        text.AppendLine().AppendLine($"  {"silo",-24} {"status",-14} roles");
        foreach (var silo in report.Silos)
            text.AppendLine($"  {Printable.Escape(silo.Name),-24} {silo.Status,-14} {string.Join(", ", silo.Roles)}");
        text.AppendLine().AppendLine($"  {"once a node",-12} {"of",-20} {"lives on",-24} epoch");
        foreach (var singleton in report.Singletons)
            text.AppendLine(
                $"  {singleton.Kind,-12} {singleton.Key,-20} {Printable.Escape(singleton.Silo ?? "nowhere"),-24} {singleton.Epoch}");
        text.AppendLine().AppendLine($"  {"gateway",-46} {"of",-20} connections");
        foreach (var gateway in report.Gateways)
            text.AppendLine($"  {Printable.Escape(gateway.Id),-46} {gateway.Key,-20} {gateway.Connections}");
        return text.ToString();
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ClusterReport))]
internal sealed partial class ClusterJson : JsonSerializerContext;
