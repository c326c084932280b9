using Chia.GrainInterfaces.Broadcasts;
using Chia.Grains;
using Chia.Grains.Chain;
using Chia.Grains.Peers;
using Chia.Silo.Api.Endpoints;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Hosting;
using Chia.Silo.Telemetry;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Streams;

namespace Chia.Silo.Clusters;

/// <summary>A silo of a cluster: membership, states and subscriptions in PostgreSQL, broadcasts in memory (CLUSTER 3).</summary>
internal static class ClusterSilo
{
    /// <summary>Between two probes of a neighbour, and until its answer. Left alone, the adaptive limit grows fourfold: both are
    /// set.</summary>
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1.5);

    /// <summary>Probes in a row that a neighbour may miss.</summary>
    private const int MissedProbes = 3;

    /// <summary>
    /// Between two signs of life that a silo leaves in the table. When all silos died at once, those that start next wait until the dead
    /// ones have missed <see cref="MissedSigns"/> of them: 12 s.
    /// </summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(4);

    private const int MissedSigns = 3;

    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Broadcasts are few and small; what matters is how soon the next look is. Two queues at 20 ms cost 29 ms of CPU a second
    /// (ORLEANS.md, trials).
    /// </summary>
    private const int Queues = 2;

    private static readonly TimeSpan QueueLook = TimeSpan.FromMilliseconds(20);

    /// <summary>Silos that died this long ago are struck off the table.</summary>
    private static readonly TimeSpan ForgetDead = TimeSpan.FromHours(1);

    public static void Configure(ISiloBuilder silo, ClusterDefinition cluster, SiloPlace place)
    {
        ClusterOrleans.Name(silo.Services, cluster);
        silo.Configure<SiloOptions>(options => options.SiloName = place.Name);
        silo.UseAdoNetClustering(options =>
        {
            options.Invariant = ClusterOrleans.Driver;
            options.ConnectionString = ClusterOrleans.Connection(cluster);
        });
        silo.ConfigureEndpoints(place.Advertised, place.SiloPort, place.ClientPort, listenOnAnyHostAddress: false);
        silo.Configure<EndpointOptions>(options =>
        {
            options.SiloListeningEndpoint = new System.Net.IPEndPoint(place.Listen, place.SiloPort);
            options.GatewayListeningEndpoint = new System.Net.IPEndPoint(place.Listen, place.ClientPort);
        });
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = Probe;
            options.MaxProbeTimeout = Probe;
            options.NumMissedProbesLimit = MissedProbes;
            options.NumVotesForDeathDeclaration = 2;
            options.TableRefreshTimeout = TableRefresh;
            options.IAmAliveTablePublishTimeout = SignOfLife;
            options.NumMissedTableIAmAliveLimit = MissedSigns;
            options.DefunctSiloExpiration = ForgetDead;
        });
        // A gateway that is gone for as long as its directory waits is no longer written to: else a silo that is to end waits for it.
        silo.Configure<SiloMessagingOptions>(options =>
        {
            options.ClientDropTimeout = ClusterOrleans.GatewayTimeout;
            options.ResponseTimeout = ClusterOrleans.AnswerTime;
        });
        if (cluster.Tls is { } tls)
            silo.UseTls(new ClusterCertificates(tls).Apply);
        silo.Services.AddSingleton<IFatalErrorHandler, SiloEnds>();
        silo.AddDashboard();
        silo.Services.AddSingleton<OrleansPage>();
        AddStates(silo, cluster, PeerDirectoryOptions.StorageName);
        AddStates(silo, cluster, ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME);
        silo.Services.AddSingleton<IBlockStoreProvider, ClusterStores>();
        AddGrains(silo, cluster, place);
    }

    /// <summary>What a silo is, wherever members, states and blocks are kept.</summary>
    internal static void AddGrains(ISiloBuilder silo, ClusterDefinition cluster, SiloPlace place)
    {
        IdleGrains.Keep(silo);
        SiloServices.AllowLongTurns(silo);
        SiloServices.AddObservation(silo, NodeTelemetry.HasCollector);
        silo.UseRoles(place.Roles, place.Nodes);
        AddBroadcasts(silo);
        AddServices(silo.Services, cluster, place);
    }

    private static void AddServices(IServiceCollection services, ClusterDefinition cluster, SiloPlace place)
    {
        services.AddSingleton(cluster.Network);
        SiloServices.AddValidation(services);
        services.AddHostedService<KeepWarm>();
        services.AddSingleton(new NodeServices(cluster.Nodes.Select(node => ClusterSettings.OnSilo(cluster, node, place))));
        NodeServices.Add(services);
    }

    private static void AddStates(ISiloBuilder silo, ClusterDefinition cluster, string name) => silo.AddAdoNetGrainStorage(name, options =>
    {
        options.Invariant = ClusterOrleans.Driver;
        options.ConnectionString = ClusterOrleans.Connection(cluster);
    });

    /// <summary>The same on silos and gateways.</summary>
    private static void AddBroadcasts(ISiloBuilder silo) => silo.AddMemoryStreams(BroadcastStreams.Provider, streams =>
    {
        streams.ConfigureStreamPubSub(StreamPubSubType.ExplicitGrainBasedOnly);
        streams.ConfigurePartitioning(Queues);
        streams.ConfigurePullingAgent(agent => agent.Configure(options => options.GetQueueMsgsTimerPeriod = QueueLook));
    });

    public static void AddBroadcasts(IClientBuilder client) => client.AddMemoryStreams(BroadcastStreams.Provider, streams =>
    {
        streams.ConfigureStreamPubSub(StreamPubSubType.ExplicitGrainBasedOnly);
        streams.ConfigurePartitioning(Queues);
    });
}
