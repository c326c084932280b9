using System.Net;
using Chia.Protocol.Primitives;
using Chia.Silo.Api.Requests;
using Chia.Silo.Configuration;
using Chia.Silo.Networks;
using Chia.Silo.Node;
using Chia.Storage.Postgres;
using Chia.Storage.Providers;

namespace Chia.Silo.Clusters.Definition;

/// <summary>
/// Reads a cluster file, strictly: an unknown name, a value of the wrong kind or a missing file is reported in one line with its place.
/// </summary>
internal static class ClusterFile
{
    private const string Testnet = "testnet";

    /// <exception cref="UserException">A fault in the file; names file and line.</exception>
    public static ClusterDefinition Read(string path) =>
        Parse(YamlText.ReadFile(path), path) with { Path = Path.GetFullPath(path) };

    /// <exception cref="UserException">A fault in the text; names file and line.</exception>
    public static ClusterDefinition Parse(string text, string path)
    {
        var root = YamlText.Parse(text, path) ?? throw new UserException($"{path}: is empty: expected id, database, nodes");
        return Read(new ClusterYaml(path, "", root), name => FileBeside(path, name));
    }

    private static ClusterDefinition Read(ClusterYaml root, Func<string, string> file)
    {
        var id = root.Required("id", text => NetworkFile.IsNetworkId(text) ? null : "letters, digits and . _ -");
        var network = root.Text("network") ?? Testnet;
        var database = ReadDatabase(root, file);
        var tls = root.Section("tls") is { } section ? ReadTls(section, file) : null;
        var definition = new ClusterDefinition
        {
            Id = id,
            Network = NetworkFile.Resolve(network == Testnet ? network : file(network)),
            Database = database,
            BlockStore = ReadStore(root, file) ?? database,
            LogLevel =
                Enum.Parse<LogLevel>(root.Text("log_level", ConfigSchema.Find("log_level")!.Expect) ?? "information", ignoreCase: true),
            LogLevels = LogSettings.LevelsOf(root.Text("log_levels", ConfigSchema.Find("log_levels")!.Expect) ?? ""),
            Tls = tls,
            ApiToken = root.TextOrFile("api_token", file) ?? "",
            Ports = ReadPorts(root.Section("listen")),
            Nodes = ReadNodes(root, file),
        };
        root.Finish();
        return definition;
    }

    /// <summary>Reads the database's address. A URL is converted: Orleans' providers take connection strings of Npgsql only.</summary>
    private static string ReadDatabase(ClusterYaml root, Func<string, string> file)
    {
        try
        {
            return PostgresAddress.ToConnectionString(root.TextOrFile("database", file) ?? root.Required("database"));
        }
        catch (ArgumentException error)
        {
            throw root.Fault($"database is no address of PostgreSQL: {error.Message}");
        }
    }

    private static string? ReadStore(ClusterYaml root, Func<string, string> file)
    {
        var store = root.TextOrFile("block_store", file);
        return store is null || BlockStorePlace.KindOf(store) != BlockStoreKind.Sqlite
            ? store
            : throw root.Fault("block_store names a file of one process: a cluster needs the address of a database");
    }

    private static ClusterPorts ReadPorts(ClusterYaml? section)
    {
        var ports = new ClusterPorts();
        if (section is null)
            return ports;
        ports = ports with
        {
            Address = Address(section.Text("address", ConfigKinds.Address), ports.Address),
            Silo = section.Number("silo_port", ports.Silo, 1, ushort.MaxValue),
            Client = section.Number("client_port", ports.Client, 1, ushort.MaxValue),
            HttpAddress = Address(section.Text("http_address", ConfigKinds.Address), ports.HttpAddress),
            Http = section.Number("http_port", ports.Http, 0, ushort.MaxValue),
            TrustsTheNetwork = section.Flag("trust_the_network"),
        };
        section.Finish();
        return ports;
    }

    private static IPAddress Address(string? text, IPAddress otherwise) => text is null ? otherwise : Endpoints.ParseAddress(text);

    private static ClusterTls ReadTls(ClusterYaml section, Func<string, string> file)
    {
        var tls = new ClusterTls(
            file(section.Required("certificate")),
            section.TextOrFile("password", file) ?? "",
            section.Text("authority") is { } authority ? file(authority) : "");
        section.Finish();
        return tls;
    }

    private static List<ClusterNode> ReadNodes(ClusterYaml root, Func<string, string> file)
    {
        var section = root.Section("nodes") ?? throw root.Fault("nodes is missing: a cluster carries at least one");
        List<ClusterNode> nodes = [.. section.Sections().Select(node => ReadNode(node.Name, node.Section, file))];
        return nodes.Count > 0 ? nodes : throw section.Fault("nodes is empty: a cluster carries at least one");
    }

    private static ClusterNode ReadNode(string name, ClusterYaml section, Func<string, string> file)
    {
        if (!NodeName.TryParse(name, out var node))
            throw section.Fault($"'{name}' is no name of a node: at most {NodeName.MaxLength} letters, digits and . _ -");
        var root = section.Text("root") is { } folder ? file(folder) : "";
        var configuration = new NodeConfiguration();
        List<string> roles = [.. section.Names.Where(RoleNames.All.Contains)];
        foreach (var role in roles)
            section.Fill(configuration, role);
        section.Finish(RoleNames.All);
        if (roles.Count == 0)
            throw section.Fault($"node {name} has no role: expected {string.Join(", ", RoleNames.All)}");
        return new ClusterNode(node, [.. roles.Select(RoleNames.Parse)], configuration, root);
    }

    /// <summary>A file's path, relative to the file that names it.</summary>
    private static string FileBeside(string path, string name) => Path.GetFullPath(name, Path.GetDirectoryName(Path.GetFullPath(path))!);
}

/// <summary>One node of a cluster.</summary>
/// <param name="Name">Key of its grains.</param>
/// <param name="Roles">What it is.</param>
/// <param name="Configuration">Its settings: those of config.yaml.</param>
/// <param name="Root">Folder of its keys and plots, on the silos that farm and harvest for it.</param>
internal sealed record ClusterNode(NodeName Name, IReadOnlyList<Role> Roles, NodeConfiguration Configuration, string Root);
