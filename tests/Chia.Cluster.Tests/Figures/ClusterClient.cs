using Chia.Cluster.Tests.Support;
using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;
using Chia.Silo.Clusters;
using Chia.Silo.Clusters.Definition;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Chia.Cluster.Tests.Figures;

/// <summary>A client of a cluster of processes, as a gateway is one.</summary>
internal sealed class ClusterClient : IAsyncDisposable
{
    private readonly IHost _host;

    private ClusterClient(IHost host) => _host = host;

    public IBlockchainGrain Chain => Grains.GetGrain<IBlockchainGrain>("main");

    private IClusterClient Grains => _host.Services.GetRequiredService<IClusterClient>();

    public static async Task<ClusterClient> Connect(TestCluster cluster)
    {
        var definition = ClusterFile.Read(cluster.ClusterFile);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.UseOrleansClient(client => GatewayHost.Configure(client, definition));
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new ClusterClient(host);
    }

    /// <summary>The silo where the chain lives.</summary>
    public Task<SiloProcess> HomeOfTheChain(TestCluster cluster) => HomeOf(Chain, cluster);

    /// <summary>The silo where the subscriptions to what full nodes are told live.</summary>
    public Task<SiloProcess> HomeOfSubscriptions(TestCluster cluster)
    {
        var stream = NodeKey.OfBroadcast(NodeName.Main, Role.FullNode, Role.FullNode);
        var key = $"{BroadcastStreams.Provider}/{BroadcastStreams.Namespace}/{stream}";
        return HomeOf(Grains.GetGrain(GrainId.Create("pubsubrendezvous", key)), cluster);
    }

    private async Task<SiloProcess> HomeOf(IAddressable grain, TestCluster cluster)
    {
        var home = await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);
        return cluster.Silos.Single(silo => silo.Ready["silo_port"] == $"{home!.Endpoint.Port}");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
