using Chia.Consensus.Validation;
using Chia.Embedded;
using Chia.GrainInterfaces.Broadcasts;
using Chia.Grains.Farmer;
using Chia.Grains.Harvester;
using Chia.Grains.Peers;
using Chia.Protocol.Networks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Chia.Grains.Tests.Support;

/// <summary>A process with grains and no network: the Embedded engine in a host of its own.</summary>
internal sealed class RoleHost : IAsyncDisposable
{
    private readonly IHost _host;

    private RoleHost(IHost host) => _host = host;

    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    public static async Task<RoleHost> Start(TimeProvider time, Action<IServiceCollection> configure, IGrainStateStore? store = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(time);
        builder.AddEmbeddedEngine(engine => engine
            .AddGrains(typeof(FarmerGrain).Assembly)
            .AddStateStore(PeerDirectoryGrain.StorageName, _ => store ?? new MemoryGrainStateStore())
            .AddMemoryStreams(BroadcastStreams.Provider));
        builder.Services.AddSingleton(TestNetworks.Small);
        builder.Services.AddSingleton<IProofVerifier, TestProofVerifier>();
        builder.Services.AddSingleton(_ => new FarmerThreads(2));
        builder.Services.AddSingleton(_ => new HarvesterThreads(2));
        builder.Services.AddSingleton<IPlotOpener, FilePlotOpener>();
        configure(builder.Services);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new RoleHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static class TestNetworks
    {
        /// <summary>The testnet's rules; the roles under test never look at the genesis block.</summary>
        public static NetworkDefinition Small { get; } = new()
        {
            NetworkId = Testnet.Id,
            Constants = new ConsensusConstants(),
            GenesisBytes = ReadOnlyMemory<byte>.Empty,
        };
    }
}
