using Chia.Silo.Api.Requests;
using Chia.Silo.Simulation.Hosts;

namespace Chia.Silo.Simulation;

/// <summary>The nodes of a simulation as those of one API. If nobody says which, the first that runs is meant.</summary>
/// <param name="nodes">All of them; full nodes first.</param>
/// <param name="stop">Ends the simulation.</param>
internal sealed class SimulatedNodes(IReadOnlyList<ISimulatedNode> nodes, Action stop) : INodeSource
{
    public IReadOnlyList<string> Names { get; } = [.. nodes.Select(node => node.Name)];

    public ApiNode? Find(string? name) =>
        nodes.Where(node => name is null || node.Name == name).Select(node => node.Api).FirstOrDefault(api => api is not null);

    public void Stop() => stop();
}
