using System.CommandLine;
using System.Globalization;
using Chia.Grains.Placement;
using Chia.Protocol.Primitives;
using Chia.Silo.Clusters;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Configuration;
using Chia.Silo.Node;

namespace Chia.Silo.Commands.Options;

/// <summary>Options of the processes and tools of a cluster; each but the file has a variable of the environment too
/// (ClusterEnvironment).</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string?> _file =
        new("--cluster") { Description = $"The cluster's file. Default: {ClusterEnvironment.File}.", HelpName = "FILE" };
    private readonly Option<string?> _roles =
        Text("--roles", ClusterEnvironment.Roles, "Roles of this silo, separated by commas; all that the cluster needs by default.",
        "ROLE,…");
    private readonly Option<string?> _nodes =
        Text("--nodes", ClusterEnvironment.Nodes, "Nodes that this process serves; all by default.", "NAME,…");
    private readonly Option<string?> _name =
        Text("--name", ClusterEnvironment.Name, "Its name among the others; machine and port by default.", "NAME");
    private readonly Option<string?> _advertise =
        Text("--advertise", ClusterEnvironment.Advertise, "Address at which others reach this silo.", "ADDRESS");
    private readonly Option<string?> _siloPort = Text("--silo-port", ClusterEnvironment.SiloPort, "Port for other silos.", "N");
    private readonly Option<string?> _clientPort =
        Text("--client-port", ClusterEnvironment.ClientPort, "Port for gateways and tools.", "N");
    private readonly Option<string?> _httpPort =
        Text("--http-port", ClusterEnvironment.HttpPort, "Port of health, metrics and API; 0 takes a free one.", "N");
    private readonly Option<string?> _instance =
        Text("--instance", ClusterEnvironment.Instance, "Shifts every port by ten times this: several processes on one machine.", "N");

    private readonly LogOptions _log = new();

    public void AddFile(Command command) => command.Add(_file);

    public void AddGateway(Command command)
    {
        foreach (var option in new Option[] { _file, _nodes, _name, _httpPort, _instance })
            command.Add(option);
        _log.AddTo(command);
    }

    public void AddSilo(Command command)
    {
        AddGateway(command);
        foreach (var option in new Option[] { _roles, _advertise, _siloPort, _clientPort })
            command.Add(option);
    }

    /// <exception cref="UserException">No file is named, or it has a fault.</exception>
    public ClusterDefinition Definition(ParseResult parsed) =>
        ClusterFile.Read(parsed.GetValue(_file) ?? Environment.GetEnvironmentVariable(ClusterEnvironment.File)
            ?? throw new UserException($"no cluster file: name one with --cluster FILE or {ClusterEnvironment.File}"));

    public ProcessPlace Place(ParseResult parsed)
    {
        var log = _log.Settings(parsed, Environment.CurrentDirectory, out var isLevelSaid);
        return Place(parsed, log) with { LogLevel = isLevelSaid ? log.Level : null };
    }

    private ProcessPlace Place(ParseResult parsed, LogSettings log) => new()
    {
        Log = log,
        Name = Value(parsed, _name, ClusterEnvironment.Name) ?? "",
        Roles = [.. List(Value(parsed, _roles, ClusterEnvironment.Roles)).Select(ParseRole)],
        Nodes = [.. List(Value(parsed, _nodes, ClusterEnvironment.Nodes)).Select(Node)],
        Advertise = Value(parsed, _advertise, ClusterEnvironment.Advertise) is { } address ? Endpoints.ParseAddress(address) : null,
        SiloPort = Number(parsed, _siloPort, ClusterEnvironment.SiloPort, 1, ushort.MaxValue),
        ClientPort = Number(parsed, _clientPort, ClusterEnvironment.ClientPort, 1, ushort.MaxValue),
        HttpPort = Number(parsed, _httpPort, ClusterEnvironment.HttpPort, 0, ushort.MaxValue),
        Instance = new Instance(Number(parsed, _instance, ClusterEnvironment.Instance, 0, Instance.Most) ?? 0),
    };

    private static Option<string?> Text(string name, string variable, string description, string help) =>
        new(name) { Description = $"{description} ({variable})", HelpName = help };

    /// <summary>An option that another command of these has counts as not given.</summary>
    private static string? Value(ParseResult parsed, Option<string?> option, string variable) =>
        (parsed.GetResult(option) is null ? null : parsed.GetValue(option))
        ?? (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null);

    private static int? Number(ParseResult parsed, Option<string?> option, string variable, int minimum, int maximum)
    {
        if (Value(parsed, option, variable) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum
            && number <= maximum
            ? number
            : throw new UserException($"{option.Name} must be a whole number from {minimum} to {maximum}, not '{text}'");
    }

    /// <summary>Reads the name of a node.</summary>
    /// <exception cref="UserException">It is none.</exception>
    internal static NodeName Node(string text) =>
        NodeName.TryParse(text, out var name) ? name : throw new UserException($"'{text}' is no name of a node");

    /// <summary>Reads the word of a silo's role.</summary>
    /// <exception cref="UserException">There is no such role.</exception>
    internal static SiloRole ParseRole(string name) => SiloRoleNames.TryParse(name, out var role)
        ? role
        : throw new UserException(
            $"'{name}' is no role of a silo: expected {string.Join(", ", SiloRoleNames.All.Select(SiloRoleNames.Of))}");

    private static string[] List(string? text) =>
        text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
