using Orleans.Dashboard;

namespace Chia.Silo.Clusters;

/// <summary>Composes a silo process: grains, store, health.</summary>
internal static class SiloHost
{
    /// <summary>Orleans' own page, under the same rule as the API (CLUSTER 6).</summary>
    public const string DashboardPath = "/orleans";

    /// <exception cref="UserException">The database cannot be used, a port is in use, keys are missing.</exception>
    public static async Task<ClusterProcess?> Start(ClusterDefinition cluster, ProcessPlace place, CancellationToken cancellation)
    {
        var silo = SiloPlace.Of(cluster, place);
        await ClusterSchema.Check(cluster, cancellation);
        var builder = ClusterProcess.CreateBuilder(cluster, place);
        builder.UseOrleans(orleans => ClusterSilo.Configure(orleans, cluster, silo));
        return await ClusterProcess.Start(
            builder, SiloHealth.Fault, app =>
                app.MapOrleansDashboard(DashboardPath), _ =>
                $"silo={silo.Name} silo_port={silo.SiloPort} client_port={silo.ClientPort}", cancellation);
    }
}
