using Chia.Consensus.Validation;
using Chia.GrainInterfaces.Broadcasts;
using Chia.Grains.Farmer;
using Chia.Grains.Harvester;
using Chia.Grains.Peers;
using Chia.Grains.Placement;
using Chia.Grains.Validation;
using Chia.Protocol.Networks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Chia.Grains.Tests.Support;

/// <summary>A process with grains and no network: a silo without a port, and the client within it.</summary>
internal sealed class RoleHost : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private RoleHost(InProcessTestCluster cluster) => _cluster = cluster;

    public IServiceProvider Services => _cluster.GetSiloServiceProvider();

    public IClusterClient Client => Services.GetRequiredService<IClusterClient>();

    /// <param name="time">The clock of the grains and of their timers.</param>
    /// <param name="configure">What the grains under test need beside.</param>
    /// <param name="storage">Where the grains keep their states; in memory, and for this host, unless given.</param>
    /// <param name="log">Hears what the silo and the grains complain of.</param>
    public static async Task<RoleHost> Start(
        TimeProvider time, Action<IServiceCollection> configure, IGrainStorage? storage = null, ILoggerProvider? log = null)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.InitializeClientOnDeploy = false;
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSiloHost((_, host) =>
        {
            AddLog(host.Logging, log);
            AddServices(host.Services, time);
            configure(host.Services);
        });
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseRoles(SiloRoleNames.All);
            silo.Services.AddGrainStorage(PeerDirectoryOptions.StorageName, (_, _) => storage ?? new StateMemory());
            silo.AddMemoryGrainStorage(ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME);
            silo.AddMemoryStreams(BroadcastStreams.Provider);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync().WaitAsync(TestContext.Current.CancellationToken);
        return new RoleHost(cluster);
    }

    /// <summary>Ends the silo; what the grains do is ended with it.</summary>
    public Task Stop() => _cluster.StopAllSilosAsync();

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    private static void AddLog(ILoggingBuilder logging, ILoggerProvider? log)
    {
        if (log is null)
            return;

        // Advice for servers, and a first look at the time since the machine started: neither is about the grains.
        logging.AddProvider(log).AddFilter("Orleans.Runtime.Silo", LogLevel.Error).AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
    }

    private static void AddServices(IServiceCollection services, TimeProvider time)
    {
        // The silo itself lives by the real clock: a test that stands still must not stop its membership.
        services.AddSingleton(time);
        services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        services.AddSingleton(TestNetworks.Small);
        services.AddSingleton<IProofVerifier>(new ProofVerifier());
        services.AddSingleton(_ => new ValidationThreads(1));
        services.AddSingleton(_ => new FarmerThreads(2));
        services.AddSingleton(_ => new HarvesterThreads(2));
        services.AddSingleton<IPlotOpener, FilePlotOpener>();
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
