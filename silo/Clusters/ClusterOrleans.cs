using Chia.Silo.Node;
using Chia.Storage.Postgres;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Chia.Silo.Clusters;

/// <summary>What silos and gateways of one cluster have in common on Orleans.</summary>
internal static class ClusterOrleans
{
    /// <summary>The driver, as Orleans' AdoNet providers name it.</summary>
    public const string Driver = "Npgsql";

    /// <summary>How long a gateway waits between two looks for silos that it could talk to.</summary>
    public static readonly TimeSpan SiloListRefresh = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Faults that may cross from process to process, beside those of .NET: ours, and the database's within ours. One that could not be
    /// written would cost the connection that it goes over.
    /// </summary>
    private static readonly string[] Faults = ["Chia", "Npgsql", "Orleans"];

    /// <summary>A gateway that has not beaten for so long (it beats every second) is dead: longer than a frozen silo takes to be noticed
    /// (5.8 s).</summary>
    public static readonly TimeSpan GatewayTimeout = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a call waits whose contract does not say: those of Orleans' own, for streams, subscriptions and management. Longer than
    /// a frozen silo takes to be noticed (5.8 s); left alone it is half a minute, for which a status asked during a failover, or the
    /// greeting of a gateway that is dead, stood still.
    /// </summary>
    public static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    /// <summary>Connections to the database that one process may open for membership and states; the block store has its own.</summary>
    private const int MaxConnections = 10;

    /// <summary>Names on Orleans' side. The service outlives clusters of one id: states of grains are found by it.</summary>
    public static void Name(IServiceCollection services, ClusterDefinition cluster) =>
        services.Configure<ClusterOptions>(names => (names.ClusterId, names.ServiceId) = (cluster.Id, cluster.Id))
            .Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.UnionWith(Faults));

    public static string Connection(ClusterDefinition cluster)
    {
        var words = PostgresAddress.Bounded(cluster.Database);
        (words.MaxPoolSize, words.ApplicationName) = (MaxConnections, $"chia {cluster.Id}");
        return words.ConnectionString;
    }

    /// <summary>Orleans tells every placement, advises on garbage collectors, and complains at length of each lost connection.</summary>
    public static ILoggingBuilder QuietOrleans(this ILoggingBuilder logging) => NodeLogging.QuietOrleans(logging)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
        .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
        // What goes when a process dies is told in a line by whoever missed it; these tell it with a stack, for each message and second.
        .AddFilter("Polly", LogLevel.Critical)
        .AddFilter("Orleans.Streams", LogLevel.Error)
        .AddFilter("Orleans.Messaging", LogLevel.Critical)
        .AddFilter("Orleans.Runtime.Messaging", LogLevel.Error);
}
