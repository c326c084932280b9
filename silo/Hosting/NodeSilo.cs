using System.Net;
using Chia.GrainInterfaces.Broadcasts;
using Chia.Grains;
using Chia.Grains.Peers;
using Chia.Grains.Placement;
using Chia.Silo.Hosting.OneSilo;
using Chia.Silo.Hosting.State;
using Chia.Silo.Hosting.Streams;
using Chia.Silo.Node;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Configuration;
using Orleans.Statistics;
using Orleans.Streams;
using Polly;

namespace Chia.Silo.Hosting;

/// <summary>
/// The silo of one process: a cluster of its own, with the node's gateways as clients inside of it. It has no port, no neighbour and
/// nothing to configure; several may live side by side on a machine and in a process.
/// </summary>
internal static class NodeSilo
{
    /// <summary>
    /// How often the agent that delivers broadcasts asks the queue, which answers only when there is something to deliver (<see
    /// cref="LocalQueue"/>).
    /// </summary>
    private static readonly TimeSpan BroadcastPause = TimeSpan.FromMilliseconds(1);

    /// <summary>The pause between the membership's checks: in a cluster of one process nobody watches, and nobody is watched.</summary>
    private static readonly TimeSpan MembershipPause = TimeSpan.FromHours(1);

    public static void Add(WebApplicationBuilder builder, NodeSettings settings)
    {
        NodeLogging.QuietOrleans(builder.Logging)
            // Whoever started the silo hears of what went wrong, and says it in one line.
            .AddFilter("Orleans.Runtime.SiloLifecycleSubject", LogLevel.None)
            // A call that comes when the silo ends finds no place for its grain: whoever called says so, if it matters to him.
            .AddFilter("Orleans.Messaging", LogLevel.Critical)
            // How a silo stands among others, and that it stood still: there are no others, and a laptop may sleep.
            .AddFilter("Orleans.Runtime.MembershipService.LocalSiloHealthMonitor", LogLevel.Error)
            // They advise a server's garbage collector and count a process's first second from the machine's start.
            .AddFilter("Orleans.Runtime.Silo", LogLevel.None);
        builder.UseOrleans(silo => Configure(silo, settings));
    }

    private static void Configure(ISiloBuilder silo, NodeSettings settings)
    {
        silo.Services.AddSingleton<IMembershipTable, OneSiloTable>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, NodeStages>();
        ListenNowhere(silo.Services);
        TrustTypeNames(silo);
        GrainConstruction.Add(silo.Services);
        PlaceQuietly(silo.Services);
        silo.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            options.SiloPort = EndpointOptions.DEFAULT_SILO_PORT; // a name, no more
            options.GatewayPort = 0;
        });
        silo.Configure<ClusterOptions>(options =>
        {
            options.ClusterId = settings.Network.NetworkId;
            options.ServiceId = settings.Name.ToString();
        });
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.TableRefreshTimeout = MembershipPause;
            options.IAmAliveTablePublishTimeout = MembershipPause;
            options.LocalHealthDegradationMonitoringPeriod = MembershipPause;
            options.DefunctSiloCleanupPeriod = null;
        });
        silo.Configure<DeploymentLoadPublisherOptions>(options => options.DeploymentLoadPublisherRefreshTime = MembershipPause);
        IdleGrains.Keep(silo);
        silo.Services.AddGrainStorage(
            PeerDirectoryOptions.StorageName,
            (services, _) => new FileGrainStorage(
                new StateFiles(NodePaths.StateFolder(settings.Root)), services.GetRequiredService<ILogger<FileGrainStorage>>()));
        silo.Services.AddGrainStorage(ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME, (_, _) => new MemoryGrainStorage());
        silo.UseAllRolesAlone();
        SiloServices.AllowLongTurns(silo);
        SiloServices.AddObservation(silo, settings.IsTraced);
        if (settings.HasDashboard)
            silo.AddDashboard();
        else
            silo.Services.AddSingleton<IEnvironmentStatisticsProvider, NoStatistics>();
        AddBroadcasts(silo);
    }

    private static void AddBroadcasts(ISiloBuilder silo)
    {
        silo.Services.AddSingleton<LocalQueue>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<LocalQueue>());
        silo.AddPersistentStreams(
            BroadcastStreams.Provider,
            (services, name) =>
                new LocalQueueAdapter(name, services.GetRequiredService<LocalQueue>(), services.GetRequiredService<ILoggerFactory>()),
            streams =>
            {
                streams.ConfigureStreamPubSub(StreamPubSubType.ExplicitGrainBasedOnly);
                streams.ConfigurePullingAgent(agent => agent.Configure(options => options.GetQueueMsgsTimerPeriod = BroadcastPause));
            });
    }

    /// <summary>Grains are placed as everywhere, tried again where that may help; only the telemetry of the library that tries, which
    /// counts and logs each placement, is not made. Orleans says itself what it could not place.</summary>
    private static void PlaceQuietly(IServiceCollection services) => services.AddTransient(_ => new ResiliencePipelineBuilder());

    /// <summary>Orleans writes down the names of all types that a message may hold, to refuse any other. Nobody sends this silo a message:
    /// what its grains tell each other is copied, not serialised. The list took a tenth of a start and 13 MB.</summary>
    private static void TrustTypeNames(ISiloBuilder silo) => silo.Configure<TypeManifestOptions>(options => options.AllowAllTypes = true);

    /// <summary>Orleans keeps its listeners in the container, each under a key of its own: all of them are replaced.</summary>
    private static void ListenNowhere(IServiceCollection services)
    {
        var listeners = services.Where(s => s.IsKeyedService && s.ServiceType == typeof(IConnectionListenerFactory)).ToList();
        foreach (var listener in listeners)
            services.AddKeyedSingleton<IConnectionListenerFactory, NoListener>(listener.ServiceKey);
    }
}
