using Chia.Silo.Clusters.Definition;
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

    /// <summary>How often a gateway looks for silos that it can connect to.</summary>
    public static readonly TimeSpan SiloListRefresh = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Namespaces of exceptions that may cross from process to process, beside those of .NET: ours, and those of the database inside
    /// ours. An exception that could not be serialised would cost the connection.
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

    /// <summary>Connections to the database that one process may open for membership and states; the block store has its own
    /// (<see cref="PostgresAddress.MaxConnections"/>).</summary>
    public const int MaxConnections = 5;

    /// <summary>Whoever starts a silo hears why it cannot, and says it in one line: these tell it with a stack each. Once it runs they are
    /// heard.</summary>
    public static readonly string[] TellsOfTheStart =
    [
        "Orleans.Runtime.MembershipService.MembershipTableManager", "Orleans.Runtime.Silo", "Orleans.Runtime.SiloLifecycleSubject",
    ];

    /// <summary>Names on Orleans' side. The service outlives clusters of one id: states of grains are found by it.</summary>
    public static void Name(IServiceCollection services, ClusterDefinition cluster) =>
        services.Configure<ClusterOptions>(names => (names.ClusterId, names.ServiceId) = (cluster.Id, cluster.Id))
            .Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.UnionWith(Faults));

    public static string Connection(ClusterDefinition cluster)
    {
        var words = PostgresAddress.Bounded(cluster.Database, cluster.Id);
        words.MaxPoolSize = MaxConnections;
        return words.ConnectionString;
    }

    /// <summary>Orleans tells every placement, advises on garbage collectors, and complains at length of each lost connection.</summary>
    public static ILoggingBuilder QuietOrleans(this ILoggingBuilder logging) => NodeLogging.QuietServer(NodeLogging.QuietOrleans(logging))
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
        .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
        // What goes when a process dies is told in a line by whoever missed it; these tell it with a stack, for each message and second.
        .AddFilter("Polly", LogLevel.Critical)
        .AddFilter("Orleans.Streams", LogLevel.Critical)
        .AddFilter("Orleans.Providers", LogLevel.Critical)
        // The same of a silo that does not answer just now: who is taken for dead is told by the table of members.
        .AddFilter("Orleans.Runtime.CallbackData", LogLevel.Error)
        .AddFilter("Orleans.Runtime.MembershipService.LocalSiloHealthMonitor", LogLevel.Error)
        .AddFilter("Orleans.Runtime.MembershipService.MembershipSystemTarget", LogLevel.Error)
        .AddFilter("Orleans.Runtime.MembershipService.ProbingSiloHealthMonitor", LogLevel.Error)
        .AddFilter("Orleans.Runtime.MembershipService.SiloHealthMonitor", LogLevel.Error)
        // Whom a dead silo cannot be asked or told of is known: it is dead.
        .AddFilter("Orleans.Runtime.GrainCallCancellationManager", LogLevel.Critical)
        .AddFilter("Orleans.Runtime.GrainDirectory.ClientDirectory", LogLevel.Critical)
        .AddFilter("Orleans.Runtime.Metadata.ClusterManifestProvider", LogLevel.Error)
        // Which stage of an end took long.
        .AddFilter("Orleans.Runtime.SiloLifecycleSubject", LogLevel.Error)
        // The end of a silo is told in a line.
        .AddFilter("Orleans.Runtime.FatalErrorHandler", LogLevel.Critical)
        // What cannot be kept or read is told by whoever wanted it.
        .AddFilter("Orleans.Storage", LogLevel.Critical)
        .AddFilter("Orleans.Messaging", LogLevel.Critical)
        .AddFilter("Orleans.Runtime.Messaging", LogLevel.Error);
}
