using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chia.GrainInterfaces.Clusters;
using Chia.Grains.Placement;
using Chia.Silo.Views;

namespace Chia.Silo.Clusters;

/// <summary>A cluster's report for people and for scripts.</summary>
internal static class ClusterView
{
    public static string Json(ClusterReport report) => JsonSerializer.Serialize(report, ClusterJson.Default.ClusterReport);

    /// <summary>Words of the roles that the cluster's nodes need and no active silo has.</summary>
    public static string[] MissingOf(ClusterDefinition cluster, ClusterReport report)
    {
        var there = report.Silos.Where(silo => silo.Status == "active").SelectMany(silo => silo.Roles).ToHashSet();
        return [.. SiloPlace.WantedBy(cluster).Select(SiloRoleNames.Of).Where(role => !there.Contains(role))];
    }

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
