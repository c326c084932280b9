using Chia.GrainInterfaces.Clusters;

namespace Chia.Silo.Simulation.Hosts;

/// <summary>A simulated cluster at one moment.</summary>
/// <param name="Silos">Its silo processes.</param>
/// <param name="Gateways">Its gateway processes.</param>
internal sealed record ClusterSnapshot(IReadOnlyList<SiloSight> Silos, IReadOnlyList<GatewaySight> Gateways)
{
    private const string Stopped = "stopped";

    /// <summary>Puts together what is known of the processes, and what the cluster says of itself.</summary>
    /// <param name="processes">All that should run.</param>
    /// <param name="report">What the cluster says; null while nobody answers.</param>
    public static ClusterSnapshot Of(IReadOnlyList<ISimulatedHost> processes, ClusterReport? report) => new(
        [.. processes.Where(process => process.Kind == "silo").Select(process => SiloOf(process, report))],
        [.. processes.Where(process => process.Kind == "gateway").Select(process => GatewayOf(process, report))]);

    private static SiloSight SiloOf(ISimulatedHost process, ClusterReport? report)
    {
        var status = report?.Silos.FirstOrDefault(silo => silo.Name == process.Name)?.Status;
        var lives = (report?.Singletons ?? []).Where(singleton => process.IsRunning && singleton.Silo == process.Name)
            .ToLookup(singleton => singleton.Kind, singleton => singleton.Key.Split('/')[0]);
        return new SiloSight(process.Name, process.IsRunning ? status ?? "no answer" : Stopped, lives);
    }

    private static GatewaySight GatewayOf(ISimulatedHost process, ClusterReport? report) => new(
        process.Name,
        process.IsRunning,
        report?.Gateways.Where(gateway => gateway.Id.StartsWith(process.Name + "-", StringComparison.Ordinal))
            .Sum(gateway => gateway.Connections));
}

/// <summary>A silo as it is seen.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">As the membership has it, or stopped.</param>
/// <param name="Lives">The nodes whose chain, sync, full_node, directory … live there, by kind.</param>
internal sealed record SiloSight(string Name, string State, ILookup<string, string> Lives);

/// <summary>A gateway as it is seen.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRunning">The process is there.</param>
/// <param name="Connections">Peers that are connected through it; null if nobody knows.</param>
internal sealed record GatewaySight(string Name, bool IsRunning, int? Connections);
