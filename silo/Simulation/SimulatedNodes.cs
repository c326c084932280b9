using Chia.Silo.Api;

namespace Chia.Silo.Simulation;

/// <summary>The hosts of a simulation as the nodes of one API. If nobody says which, the first that runs is meant.</summary>
/// <param name="hosts">All of them; full nodes first.</param>
/// <param name="stop">Ends the simulation.</param>
internal sealed class SimulatedNodes(IReadOnlyList<SimulatedHost> hosts, Action stop) : INodeSource
{
    public IReadOnlyList<string> Names { get; } = [.. hosts.Select(host => host.Name)];

    public ApiNode? Find(string? name) =>
        hosts.FirstOrDefault(host => name is null ? host.IsRunning : host.Name == name) is { Running: { } running } host
            ? running.Api with { Name = host.Name }
            : null;

    public void Stop() => stop();
}
