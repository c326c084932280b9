using Chia.Silo.Api.Endpoints;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Silo.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Chia.Silo.Clusters;

/// <summary>Composes a gateway process: a client of the silos, and the ports for peers (CLUSTER 5).</summary>
internal static class GatewayHost
{
    /// <exception cref="UserException">A port is in use.</exception>
    public static async Task<ClusterProcess?> Start(ClusterDefinition cluster, ProcessPlace place, CancellationToken cancellation)
    {
        var builder = ClusterProcess.CreateBuilder(cluster, place);
        foreach (var node in place.NodesOf(cluster))
            builder.Services.AddSingleton(Named(ClusterSettings.OnGateway(cluster, node, place.Shift), place));
        builder.Services.AddSingleton<NodeGateways>();
        builder.Services.AddHostedService(services => services.GetRequiredService<NodeGateways>());
        builder.UseOrleansClient(client => Configure(client, cluster));

        // It listens while it looks for the cluster: health answers, and peers wait (CLUSTER 5).
        builder.Services.Configure<HostOptions>(options => options.ServicesStartConcurrently = true);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ApplicationServices.GetRequiredService<NodeGateways>().Bind(kestrel));
        return await ClusterProcess.Start(
            builder, GatewayHealth.Fault, OrleansPage.MapAbsence, services => services.GetRequiredService<NodeGateways>().Describe(),
            cancellation);
    }

    private static NodeSettings Named(NodeSettings settings, ProcessPlace place) =>
        place.Name.Length > 0 ? settings with { Process = place.Name } : settings;

    /// <summary>As gateways find the silos: however long that takes.</summary>
    public static void Configure(IClientBuilder client, ClusterDefinition cluster)
    {
        Connect(client, cluster);
        client.Services.TryAddSingleton(cluster);
        client.UseConnectionRetryFilter<WaitForCluster>();
    }

    /// <summary>As gateways and tools find the silos.</summary>
    public static void Connect(IClientBuilder client, ClusterDefinition cluster)
    {
        ClusterOrleans.Name(client.Services, cluster);
        client.UseAdoNetClustering(options =>
        {
            options.Invariant = ClusterOrleans.Driver;
            options.ConnectionString = ClusterOrleans.Connection(cluster);
        });
        if (cluster.Tls is { } tls)
            client.UseTls(new ClusterCertificates(tls).Apply);
        client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ClusterOrleans.AnswerTime);
        client.AddOutgoingGrainCallFilter(new AskAgain(TimeProvider.System));
        client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = ClusterOrleans.SiloListRefresh);
        ClusterSilo.AddBroadcasts(client);
        if (NodeTelemetry.HasCollector)
            client.AddActivityPropagation();
    }
}

/// <summary>A gateway is ready when it is connected to the cluster and listens (CLUSTER 6).</summary>
internal static class GatewayHealth
{
    /// <summary>Why it is not ready; null if it is.</summary>
    public static Task<string?> Fault(IServiceProvider services) =>
        Task.FromResult(services.GetRequiredService<NodeGateways>().Serves ? null : "cluster_unreachable");
}
