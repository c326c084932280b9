using Chia.GrainInterfaces.Peers;
using Chia.Grains.Peers;
using Chia.Silo.Api.Requests;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Node;
using Chia.Silo.Status;
using Microsoft.Extensions.Options;

namespace Chia.Silo.Clusters;

/// <summary>
/// The nodes of a cluster, for the API of any of its processes: silos and gateways ask the same grains and so answer for every node.
/// Stop, logs and log levels concern the process that answers.
/// </summary>
internal sealed class ClusterNodes : INodeSource
{
    private readonly List<ApiNode> _nodes;
    private readonly IHostApplicationLifetime _lifetime;

    public ClusterNodes(
        ClusterDefinition cluster, IClusterClient grains, TimeProvider time, IHostApplicationLifetime lifetime, LogLevels levels,
        LogMemory logs)
    {
        _lifetime = lifetime;
        _nodes =
        [
            .. cluster.Nodes.Select(node => ClusterSettings.OnGateway(cluster, node, shift: 0)).Select(settings => new ApiNode(
                settings.Name.ToString(),
                NodeKey.Of(settings.Name),
                settings.Network,
                [.. settings.Roles.Select(role => role.Role)],
                grains,
                new StatusReader(grains, settings, Options.Create(PeersOf(settings)), time, lifetime),
                lifetime.StopApplication)
            {
                // A call that is made before would wait for the cluster, and its caller learn nothing.
                Away = () => lifetime.ApplicationStarted.IsCancellationRequested
                    ? null
                    : $"this process has not reached cluster {cluster.Id} yet, and looks for it every second",
                Levels = levels,
                Logs = logs,
            }),
        ];
        Names = [.. _nodes.Select(node => node.Name)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public ApiNode? Find(string? name) => name is null ? _nodes[0] : _nodes.Find(node => node.Name == name);

    /// <inheritdoc/>
    public void Stop() => _lifetime.StopApplication();

    private static PeerDirectoryOptions PeersOf(NodeSettings settings)
    {
        var options = new PeerDirectoryOptions();
        settings.Peers(options);
        return options;
    }
}
