using Chia.Silo.Hosting;

namespace Chia.Silo.Clusters;

/// <summary>A gateway is ready when it is connected to the cluster and listens (CLUSTER 6).</summary>
internal static class GatewayHealth
{
    /// <summary>Why it is not ready; null if it is.</summary>
    public static Task<string?> Fault(IServiceProvider services) =>
        Task.FromResult(services.GetRequiredService<NodeGateways>().Serves ? null : "cluster_unreachable");
}
