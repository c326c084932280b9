using Chia.GrainInterfaces.Clusters;
using Orleans.Hosting;

namespace Chia.Silo.Clusters;

/// <summary>A tool's short visit to a running cluster.</summary>
internal static class ClusterTool
{
    /// <summary>A cluster that lives answers in milliseconds; one that was just killed is taken over within seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <exception cref="UserException">No silo can be reached; exit code 3.</exception>
    public static async Task<T> Ask<T>(ClusterDefinition cluster, Func<IClusterGrain, Task<T>> ask, CancellationToken cancellation)
    {
        await ClusterSchema.Check(cluster, cancellation);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.UseOrleansClient(client => GatewayHost.Connect(client, cluster));
        using var host = builder.Build();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        var isConnected = false;
        try
        {
            await host.StartAsync(patience.Token);
            isConnected = true;
            return await ask(host.Services.GetRequiredService<IClusterClient>().GetGrain<IClusterGrain>(0)).WaitAsync(patience.Token);
        }
        catch (Exception error) when (
            error is OrleansException or OperationCanceledException or TimeoutException && !cancellation.IsCancellationRequested)
        {
            throw new UserException(
                isConnected
                    ? $"the silos of cluster {cluster.Id} do not answer just now: one that died is found dead in seconds; ask again then"
                    : $"no silo of cluster {cluster.Id} answers: start one with `chia silo`",
                NotRunning);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The exit code of tools for what does not run (OPERATIONS.md).</summary>
    private const int NotRunning = 3;
}
