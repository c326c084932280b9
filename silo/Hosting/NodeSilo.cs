using System.Net;
using Chia.GrainInterfaces.Broadcasts;
using Chia.Grains.Peers;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime.Hosting;

namespace Chia.Silo.Hosting;

/// <summary>Microsoft Orleans: a silo of its own for each node, with the node's gateways as clients inside of it.</summary>
internal static class NodeSilo
{
    /// <summary>
    /// Broadcasts wait for the next poll, and a block crosses the network node by node: well below a second in all. Orleans' 100 ms add up.
    /// </summary>
    private static readonly TimeSpan BroadcastPolling = TimeSpan.FromMilliseconds(20);

    /// <summary>Each is polled by an agent of its own; a node has a handful of streams with a few items a second.</summary>
    private const int BroadcastQueues = 2;

    public static void Add(WebApplicationBuilder builder, NodeSettings settings)
    {
        // They advise a server's garbage collector and count a process's first second from the machine's start.
        builder.Logging
            .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        builder.Services.AddSingleton<SiloPort>();
        builder.UseOrleans(silo => Configure(silo, settings));
    }

    private static void Configure(ISiloBuilder silo, NodeSettings settings)
    {
        silo.UseDevelopmentClustering((IPEndPoint?)null);
        silo.Services.AddOptions<EndpointOptions>().Configure<SiloPort>((options, port) =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            options.SiloPort = port.Number;
            options.GatewayPort = 0; // nobody but this process is a client
        });
        silo.Services.AddOptions<ClusterOptions>().Configure<SiloPort>((options, port) =>
        {
            // A silo that takes a port over from one that is gone must not be taken for it.
            options.ClusterId = $"{settings.Network.NetworkId}-{port.Number}-{Environment.ProcessId}";
            options.ServiceId = settings.Name;
        });
        silo.Services.AddGrainStorage(
            PeerDirectoryGrain.StorageName, (_, _) => new FileGrainStorage(new StateFiles(NodePaths.StateFolder(settings.Root))));
        silo.AddMemoryGrainStorage(ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME);
        silo.AddMemoryStreams(BroadcastStreams.Provider, streams =>
        {
            streams.ConfigurePartitioning(BroadcastQueues);
            streams.ConfigurePullingAgent(agent => agent.Configure(options => options.GetQueueMsgsTimerPeriod = BroadcastPolling));
        });
    }
}
