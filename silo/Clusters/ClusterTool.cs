using Chia.GrainInterfaces.Clusters;
using Chia.Silo.Api;
using Chia.Silo.Clusters.Database;
using Chia.Silo.Clusters.Definition;
using Orleans.Hosting;

namespace Chia.Silo.Clusters;

/// <summary>A tool's short visit to a running cluster.</summary>
internal static class ClusterTool
{
    /// <summary>A cluster that lives answers in milliseconds; one that was just killed is taken over within seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The same where no silo has left a sign of life for a minute: one may just have been started.</summary>
    private static readonly TimeSpan HardlyAny = TimeSpan.FromSeconds(2);

    /// <exception cref="UserException">No silo can be reached: exit code 3. Or the database cannot be used.</exception>
    public static async Task<T> Ask<T>(ClusterDefinition cluster, Func<IClusterGrain, Task<T>> ask, CancellationToken cancellation)
    {
        await ClusterSchema.Check(cluster, cancellation);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.UseOrleansClient(client => GatewayHost.Connect(client, cluster));
        using var host = builder.Build();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var hasSignsOfLife = await ClusterSchema.Runs(cluster, cluster.Id, cancellation);
        patience.CancelAfter(hasSignsOfLife ? Patience : HardlyAny);
        var isConnected = false;
        try
        {
            await host.StartAsync(patience.Token);
            isConnected = true;
            return await ask(host.Services.GetRequiredService<IClusterClient>().GetGrain<IClusterGrain>(0)).WaitAsync(patience.Token);
        }
        catch (Exception error) when (DatabaseFault.Behind(error) is { } fault)
        {
            throw DatabaseFault.Complaint(cluster.Database, fault);
        }
        catch (Exception error) when (CallFaults.GoesBy(error) && !cancellation.IsCancellationRequested)
        {
            throw new UserException(Unanswered(cluster.Id, isConnected, hasSignsOfLife), ApiClient.NotRunning);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What is known of silos that gave no answer.</summary>
    private static string Unanswered(string id, bool isConnected, bool hasSignsOfLife) => (isConnected, hasSignsOfLife) switch
    {
        (true, _) => $"the silos of cluster {id} do not answer just now: one that died is found dead in seconds; ask again then",
        (_, true) => $"the silos of cluster {id} do not answer just now, and one was alive within the last minute: "
            + "ask again; if they were ended since, start one with `chia silo`",
        _ => $"no silo of cluster {id} answers: start one with `chia silo`",
    };
}
