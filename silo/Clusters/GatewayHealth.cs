using Chia.Silo.Hosting;

namespace Chia.Silo.Clusters;

/// <summary>A gateway is ready when it is connected to the cluster and listens (CLUSTER 6).</summary>
internal static class GatewayHealth
{
    public static void Map(WebApplication app) =>
        HealthPaths.Map(app, () => Task.FromResult(app.Services.GetRequiredService<NodeGateways>().Serves ? null : "cluster_unreachable"));
}
