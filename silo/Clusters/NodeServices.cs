using Chia.Grains.Farmer;
using Chia.Grains.FullNode;
using Chia.Grains.Harvester;
using Chia.Grains.Introducer;
using Chia.Grains.Peers;
using Chia.Grains.Placement;
using Chia.Grains.Timelord;
using Chia.Protocol.Primitives;
using Chia.Silo.Node;
using Microsoft.Extensions.Options;

namespace Chia.Silo.Clusters;

/// <summary>
/// Settings, keys and plots of each node that a silo hosts. A grain asks for them as if there were one node; it gets those of the node
/// that its key names.
/// </summary>
internal sealed class NodeServices : IAsyncDisposable
{
    private readonly Dictionary<NodeName, ServiceProvider> _nodes;

    /// <exception cref="UserException">Keys or plots are missing; the message says what to do.</exception>
    public NodeServices(IEnumerable<NodeSettings> nodes) => _nodes = nodes.ToDictionary(node => node.Name, Build);

    /// <summary>Lets the grains of a silo find what is their node's.</summary>
    public static void Add(IServiceCollection services)
    {
        Forward<IOptions<FullNodeOptions>>(services);
        Forward<IOptions<PeerDirectoryOptions>>(services);
        Forward<IOptions<FarmerOptions>>(services);
        Forward<IOptions<HarvesterOptions>>(services);
        Forward<IOptions<TimelordOptions>>(services);
        Forward<IOptions<IntroducerOptions>>(services);
        Forward<FarmerKeys>(services);
        Forward<FarmerThreads>(services);
        Forward<IPlotSource>(services);
        Forward<IPlotOpener>(services);
        Forward<HarvesterThreads>(services);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values)
            await node.DisposeAsync();
    }

    private T Get<T>(NodeName node)
        where T : notnull =>
        _nodes.TryGetValue(node, out var services)
            ? services.GetRequiredService<T>()
            : throw new InvalidOperationException(
                $"the cluster file of this silo has no node '{node}': give all processes of a cluster the same file");

    /// <summary>Scoped: Orleans gives each activation a scope of its own.</summary>
    private static void Forward<T>(IServiceCollection services)
        where T : class =>
        services.AddScoped(scope => scope.GetRequiredService<NodeServices>().Get<T>(
            NodeOfGrain.Of(scope.GetRequiredService<IGrainContextAccessor>().GrainContext.GrainId)));

    private static ServiceProvider Build(NodeSettings node)
    {
        var services = new ServiceCollection();
        services.AddOptions();
        services.Configure(node.FullNode);
        services.Configure<PeerDirectoryOptions>(
            options => (options.ListensWithin, options.GatewayTimeout) = (node.ListensWithin(), ClusterOrleans.GatewayTimeout));
        services.Configure(node.Peers);
        node.Services(services);
        return services.BuildServiceProvider();
    }
}
