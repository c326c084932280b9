using System.CommandLine;
using System.Net;
using Chia.Silo.Commands.Options;
using Chia.Silo.Configuration;
using Chia.Silo.Node;
using Chia.Silo.Simulation.Plan;

namespace Chia.Silo.Commands.Processes;

/// <summary>The options of <c>chia simulate</c>, and what they come to.</summary>
internal sealed class SimulateOptions
{
    private const int MaxNodes = 20;

    /// <summary>Silos or gateways: each takes some 150 MB of this one machine.</summary>
    private const int MaxProcesses = 9;

    private readonly LogOptions _log = new();

    private readonly Option<int> _nodes = new("--nodes") { Description = "Full nodes.", DefaultValueFactory = _ => 3, HelpName = "N" };

    private readonly Option<int?> _k = new("--k")
    {
        Description = $"Size of the plots of a new network; {SimulationOptions.DefaultK} by default.",
        HelpName = "K",
    };

    private readonly Option<int?> _plots = new("--plots")
    {
        Description = $"Number of plots of a new network; {SimulationOptions.DefaultPlots} by default.",
        HelpName = "N",
    };

    private readonly Option<uint?> _blocks = new("--blocks")
    {
        Description = "Stop with exit code 0 when every node has this height and the same block there.",
        HelpName = "N",
    };

    private readonly Option<string?> _root = new("--root")
    {
        Description = "Folder of the network; ~/.chia-orleans/simulation by default.",
        HelpName = "DIR",
    };

    private readonly Option<double?> _blockTime = new("--block-time")
    {
        Description = $"Seconds between blocks that a new network aims at; {SimulationOptions.DefaultBlockTime} by default.",
        HelpName = "SECONDS",
    };

    private readonly Option<bool> _killTest = new("--kill-test")
    {
        Description = "End a random node, or process of the cluster, every 30 seconds and start it again; nothing may be lost.",
    };

    private readonly Option<double?> _timeout = new("--timeout")
    {
        Description = "With --blocks or --assert: stop after so many seconds; exit code 1 if it is not as wanted then.",
        HelpName = "SECONDS",
    };

    private readonly Option<int?> _api = new("--rpc-port")
    {
        Description = $"Port of the API on loopback; {ApiPort.Default}, or a free one if that is taken, by default. 0 takes a free one.",
        HelpName = "N",
    };

    private readonly Option<string?> _assert = new("--assert")
    {
        Description = $"What it must come to, else exit code 1: conditions on {string.Join(", ", SimulationFigures.Names)}, separated by semicolons.",
        HelpName = "\"height>=20; orphans<0.3\"",
    };

    private readonly Option<int?> _seed = new("--seed") { Description = "Keys, plots and kills follow from this number.", HelpName = "N" };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Any constant of a new network; may be given several times.",
        HelpName = "constants.X=Y",
    };

    private readonly Option<string?> _save = new("--save")
    {
        Description = "At the end put everything into one file: keys, plots, chains.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _load = new("--load")
    {
        Description = "Go on from a file of --save, in an empty folder.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _cluster = new("--cluster")
    {
        Description = "The full nodes live on a cluster of silo and gateway processes, on PostgreSQL, all started here.",
    };

    private readonly Option<int?> _silos = new("--silos")
    {
        Description = $"Silos of the cluster; {ClusterShape.DefaultSilos} by default.",
        HelpName = "N",
    };

    private readonly Option<int?> _gateways = new("--gateways")
    {
        Description = $"Gateways of the cluster; {ClusterShape.DefaultGateways} by default.",
        HelpName = "M",
    };

    private readonly Option<string?> _postgres = new("--postgres")
    {
        Description = "Database of the cluster; by default a server of its own is started in the folder, of PostgreSQL's installed programs.",
        HelpName = "CONNECTION",
    };

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _nodes, _k, _plots, _blocks, _root, _blockTime, _killTest, _timeout, _api, _assert, _seed, _set, _save, _load,
            _cluster, _silos, _gateways, _postgres,
        ];
        foreach (var option in all)
            command.Add(option);
        _log.AddTo(command);
    }

    /// <exception cref="UserException">One is out of its range, or does not go with another.</exception>
    public SimulationOptions Read(ParseResult parsed) =>
        new(
            CommonOptions.Folder(parsed.GetValue(_root) ?? CommonOptions.HomeFolder("simulation")),
            CommonOptions.Between(parsed.GetValue(_nodes), 1, MaxNodes, "--nodes"),
            parsed.GetValue(_k) is { } size ? CommonOptions.Between(size, 15, 32, "--k") : null,
            parsed.GetValue(_plots) is { } count ? CommonOptions.Between(count, 1, 10_000, "--plots") : null,
            parsed.GetValue(_blocks),
            parsed.GetValue(_blockTime) is var seconds and (null or (>= 1 and <= 3600))
                ? seconds
                : throw new UserException("--block-time must be from 1 to 3600 seconds"),
            parsed.GetValue(_killTest),
            parsed.GetValue(_timeout) is null || parsed.GetValue(_blocks) is not null || parsed.GetValue(_assert) is not null
                ? parsed.GetValue(_timeout)
                : throw new UserException("--timeout goes with --blocks or --assert only"))
        {
            Assertions =
                AssertionsOf(parsed.GetValue(_assert), parsed.GetValue(_blocks) is not null || parsed.GetValue(_timeout) is not null),
            Log = _log.Settings(parsed, Environment.CurrentDirectory, out _),
            Seed = parsed.GetValue(_seed),
            Set = parsed.GetValue(_set) ?? [],
            Cluster = ShapeOf(
                parsed.GetValue(_cluster), parsed.GetValue(_silos), parsed.GetValue(_gateways), parsed.GetValue(_postgres)),
            Save = parsed.GetValue(_save),
            Load = parsed.GetValue(_load),
            Api = parsed.GetValue(_api) is { } port
                ? new ApiPort(IPAddress.Loopback, Endpoints.CheckPort(port), MayMove: false)
                : new ApiPort(IPAddress.Loopback, ApiPort.Default, MayMove: true),
        };

    /// <summary>How many processes of a cluster; null without one.</summary>
    internal static ClusterShape? ShapeOf(bool isCluster, int? silos, int? gateways, string? postgres)
    {
        if (isCluster)
        {
            return new ClusterShape(
                CommonOptions.Between(silos ?? ClusterShape.DefaultSilos, 1, MaxProcesses, "--silos"),
                CommonOptions.Between(gateways ?? ClusterShape.DefaultGateways, 1, MaxProcesses, "--gateways"),
                postgres);
        }

        var given = silos is not null ? "--silos" : gateways is not null ? "--gateways" : postgres is not null ? "--postgres" : null;
        return given is null ? null : throw new UserException($"{given} goes with --cluster only");
    }

    private static Assertions? AssertionsOf(string? text, bool ends)
    {
        if (text is null)
            return null;
        var assertions = Assertions.Parse(text);
        return ends || assertions.Height is not null
            ? assertions
            : throw new UserException("--assert is judged at an end: add height>=N, --blocks N or --timeout SECONDS");
    }
}
