using Chia.Silo.Api.Endpoints;
using Chia.Silo.Clusters.Database;
using Chia.Silo.Clusters.Definition;

namespace Chia.Silo.Clusters;

/// <summary>Composes a silo process: grains, store, health.</summary>
internal static class SiloHost
{
    /// <exception cref="UserException">The database cannot be used, a port is in use, keys are missing.</exception>
    public static async Task<ClusterProcess?> Start(ClusterDefinition cluster, ProcessPlace place, CancellationToken cancellation)
    {
        var silo = SiloPlace.Of(cluster, place);
        var database = new WaitForDatabase(line => Console.Error.WriteLine($"chia: {line}"), TimeProvider.System);
        try
        {
            return await database.For(token => Begin(cluster, place, silo, token), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task<ClusterProcess?> Begin(
        ClusterDefinition cluster, ProcessPlace place, SiloPlace silo, CancellationToken cancellation)
    {
        await ClusterSchema.Check(cluster, cancellation);
        await ClusterClaims.Take(cluster, cancellation);
        var builder = ClusterProcess.CreateBuilder(cluster, place);
        builder.UseOrleans(orleans => ClusterSilo.Configure(orleans, cluster, silo));
        return await ClusterProcess.Start(
            builder, SiloHealth.Fault, OrleansPage.Map, _ =>
                $"silo={silo.Name} silo_port={silo.SiloPort} client_port={silo.ClientPort}", cancellation);
    }
}
