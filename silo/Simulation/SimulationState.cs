using System.Text.Json.Serialization;
using Chia.Silo.Simulation.Hosts;

namespace Chia.Silo.Simulation;

/// <summary>A simulation as its page sees it.</summary>
/// <param name="Network">Name of the network.</param>
/// <param name="IsCut">It is in two halves.</param>
/// <param name="CanBeCut">It has nodes for two halves.</param>
/// <param name="Hosts">What can be stopped and started.</param>
/// <param name="Nodes">Full nodes that are none of the hosts, since they live on a cluster.</param>
internal sealed record SimulationState(
    string Network, bool IsCut, bool CanBeCut, IReadOnlyList<SimulatedHostState> Hosts, IReadOnlyList<string> Nodes)
{
    public static SimulationState Of(SimulatedNetwork network) => new(
        network.Network.NetworkId,
        network.IsCut,
        network.CanBeCut,
        [.. network.Shown.Select(host => new SimulatedHostState(host.Name, host.Kind, host.IsRunning, host.Side))],
        [.. network.Nodes.Where(node => node is not ISimulatedHost).Select(node => node.Name)]);
}

/// <summary>A host of the simulation, or a process of its cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">Its role, or silo or gateway.</param>
/// <param name="IsRunning">False: it is stopped.</param>
/// <param name="Side">Side of a cut that it is on.</param>
internal sealed record SimulatedHostState(string Name, string Role, bool IsRunning, int Side);

/// <summary>Names in snake case, as everywhere in the API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SimulationState))]
internal sealed partial class SimulationJson : JsonSerializerContext;
