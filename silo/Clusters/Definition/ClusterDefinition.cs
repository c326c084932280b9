using System.Net;
using Chia.Protocol.Networks;

namespace Chia.Silo.Clusters.Definition;

/// <summary>A cluster as its file describes it: the same file for every silo, every gateway and every tool (CLUSTER 1).</summary>
internal sealed record ClusterDefinition
{
    /// <summary>Names the cluster in its database: silos of one id find each other.</summary>
    public required string Id { get; init; }

    /// <summary>The network of all its nodes.</summary>
    public required NetworkDefinition Network { get; init; }

    /// <summary>Connection string of PostgreSQL: who is in the cluster, and what grains keep.</summary>
    public required string Database { get; init; }

    /// <summary>Where blocks are: an address of a database that many silos reach.</summary>
    public required string BlockStore { get; init; }

    /// <summary>The nodes that it carries, by name.</summary>
    public required IReadOnlyList<ClusterNode> Nodes { get; init; }

    /// <summary>Where its processes listen for each other and for tools.</summary>
    public required ClusterPorts Ports { get; init; }

    /// <summary>Certificates for what silos and gateways tell each other; null for none.</summary>
    public ClusterTls? Tls { get; init; }

    /// <summary>Content of the file that holds the API's token; empty for none: then the API is for loopback.</summary>
    public string ApiToken { get; init; } = "";

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Log levels by category; each holds for the categories below it too.</summary>
    public IReadOnlyDictionary<string, LogLevel> LogLevels { get; init; } = new Dictionary<string, LogLevel>();

    /// <summary>The file that it was read from; empty for none.</summary>
    public string Path { get; init; } = "";
}

/// <summary>Where a silo or a gateway process listens, beside the ports for peers.</summary>
internal sealed record ClusterPorts
{
    /// <summary>Address for Orleans' two ports; silos tell it to each other.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port on which silos reach each other.</summary>
    public int Silo { get; init; } = 11111;

    /// <summary>Port on which gateways and tools reach silos.</summary>
    public int Client { get; init; } = 30000;

    /// <summary>Address for the API, health, metrics and the dashboard.</summary>
    public IPAddress HttpAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Its port.</summary>
    public int Http { get; init; } = 8555;

    /// <summary>
    /// Orleans' ports may listen beyond loopback without TLS. Whoever reaches them can do everything, so the file has to say so.
    /// </summary>
    public bool TrustsTheNetwork { get; init; }
}

/// <summary>Certificates of silos and gateways.</summary>
/// <param name="Certificate">PFX file: this process's certificate with its key.</param>
/// <param name="Password">Of that file; empty for none.</param>
/// <param name="Authority">PEM file of the authority that signed those of all; empty where all share one certificate.</param>
internal sealed record ClusterTls(string Certificate, string Password, string Authority);
