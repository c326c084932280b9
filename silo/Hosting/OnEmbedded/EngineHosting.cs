using Chia.Embedded;
using Chia.GrainInterfaces.Broadcasts;
using Chia.Grains.Chain;
using Chia.Grains.Peers;

namespace Chia.Silo.Hosting;

/// <summary>The Embedded engine: grains, streams and states of one process.</summary>
internal static class EngineHosting
{
    public const string Name = "Embedded";

    public static void Add(WebApplicationBuilder builder, NodeSettings settings) =>
        builder.AddEmbeddedEngine(engine => engine
            .AddGrains(typeof(BlockchainGrain).Assembly)
            .AddStateStore(PeerDirectoryGrain.StorageName, _ => new FileGrainStateStore(new StateFiles(NodePaths.StateFolder(settings.Root))))
            .AddMemoryStreams(BroadcastStreams.Provider));
}
