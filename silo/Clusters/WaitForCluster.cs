using Chia.Silo.Clusters.Database;
using Chia.Silo.Clusters.Definition;
using Orleans.Runtime.Messaging;

namespace Chia.Silo.Clusters;

/// <summary>A gateway looks for the silos however long that takes, and says why it waits, once for each reason.</summary>
internal sealed class WaitForCluster(ClusterDefinition cluster, TimeProvider time, ILogger<WaitForCluster> log)
    : IClientConnectionRetryFilter
{
    /// <summary>Between two attempts.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private string _told = "";

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        var why = Explain(cluster, exception);
        if (why != _told)
            WaitForClusterLog.Waits(log, why);
        _told = why;
        await Task.Delay(RetryPause, time, cancellationToken);
        return true;
    }

    /// <summary>Silos are reached over sockets as the database is: what is behind a connection to one says nothing of the
    /// database.</summary>
    internal static string Explain(ClusterDefinition cluster, Exception? error)
    {
        for (; error is not null and not ConnectionFailedException; error = error.InnerException)
        {
            if (DatabaseFault.Is(error) && error is not TimeoutException)
                return DatabaseFault.Explain(cluster.Database, error);
        }

        return $"no silo of cluster {cluster.Id} answers";
    }
}

internal static partial class WaitForClusterLog
{
    [LoggerMessage(5104, LogLevel.Warning, "{Why}: it is looked for every second")]
    public static partial void Waits(ILogger logger, string why);
}
