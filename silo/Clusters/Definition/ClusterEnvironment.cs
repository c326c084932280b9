using Chia.Silo.Api.Endpoints;
using Chia.Silo.Configuration;

namespace Chia.Silo.Clusters.Definition;

/// <summary>
/// Everything that a process of a cluster reads from its surroundings, and what it offers them: the one list that manifests, units and
/// compose files are compared with. An option on the command line goes before its variable.
/// </summary>
internal static class ClusterEnvironment
{
    /// <summary>The cluster file (<c>--cluster</c>).</summary>
    public const string File = "CHIA_CLUSTER";

    /// <summary>Roles of a silo, separated by commas (<c>--roles</c>).</summary>
    public const string Roles = "CHIA_ROLES";

    /// <summary>Nodes that this process serves, separated by commas; all by default (<c>--nodes</c>).</summary>
    public const string Nodes = "CHIA_NODES";

    /// <summary>Name of a silo or gateway among the others: in Kubernetes the pod's (<c>--name</c>).</summary>
    public const string Name = "CHIA_SILO_NAME";

    /// <summary>Address at which others reach a silo: in Kubernetes the pod's (<c>--advertise</c>).</summary>
    public const string Advertise = "CHIA_ADVERTISED_ADDRESS";

    /// <summary>Port of a silo for silos (<c>--silo-port</c>).</summary>
    public const string SiloPort = "CHIA_SILO_PORT";

    /// <summary>Port of a silo for gateways and tools (<c>--client-port</c>).</summary>
    public const string ClientPort = "CHIA_CLIENT_PORT";

    /// <summary>Port of health, metrics and API (<c>--http-port</c>).</summary>
    public const string HttpPort = "CHIA_HTTP_PORT";

    /// <summary>Shifts every port (<c>--instance</c>).</summary>
    public const string Instance = Node.Instance.Variable;

    /// <summary>Which log lines are written (<c>--log-level</c>).</summary>
    public static readonly string LogLevel = ConfigSchema.Find("log_level")!.Variable;

    /// <summary>text or json (<c>--log-format</c>).</summary>
    public static readonly string LogFormat = ConfigSchema.Find("log_format")!.Variable;

    /// <summary>A file for log lines (<c>--log-file</c>).</summary>
    public static readonly string LogFile = ConfigSchema.Find("log_file")!.Variable;

    /// <summary>Alive: looks at the process alone.</summary>
    public const string LivePath = HealthEndpoints.LivePath;

    /// <summary>Ready: a silo is active in the membership and reaches its store, a gateway is connected and listens.</summary>
    public const string ReadyPath = HealthEndpoints.ReadyPath;

    /// <summary>How long an ending process may take to hand over its work; the platform's grace period must be longer.</summary>
    public static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(45);

    /// <summary>All variables.</summary>
    public static IReadOnlyList<string> Variables { get; } =
        [File, Roles, Nodes, Name, Advertise, SiloPort, ClientPort, HttpPort, Instance, LogLevel, LogFormat, LogFile];
}
