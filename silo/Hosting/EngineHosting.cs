using Chia.GrainInterfaces.Broadcasts;
using Chia.Grains.Peers;
#if ORLEANS
using Orleans.Configuration;
using Orleans.Hosting;
#else
using Chia.Embedded;
using Chia.Grains.Chain;
#endif

namespace Chia.Silo.Hosting;

/// <summary>The engine that the grains run on: the only place that knows which.</summary>
internal static class EngineHosting
{
#if ORLEANS
    public const string Name = "Orleans";

    public static void Add(WebApplicationBuilder builder, NodeSettings settings) =>
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering()
            .Configure<ClusterOptions>(options =>
            {
                options.ClusterId = settings.Network.NetworkId;
                options.ServiceId = settings.Name;
            })
            .AddMemoryGrainStorage(PeerDirectoryGrain.StorageName)
            .AddMemoryGrainStorage("PubSubStore")
            .AddMemoryStreams(BroadcastStreams.Provider));
#else
    public const string Name = "Embedded";

    public static void Add(WebApplicationBuilder builder, NodeSettings settings) =>
        builder.AddEmbeddedEngine(engine => engine
            .AddGrains(typeof(BlockchainGrain).Assembly)
            .AddStateStore(PeerDirectoryGrain.StorageName, _ => new FileGrainStateStore(NodePaths.StateFolder(settings.Root)))
            .AddMemoryStreams(BroadcastStreams.Provider));
#endif
}
