using System.CommandLine;
using System.Net;
using Chia.Silo.Api;
using Chia.Silo.Configuration;
using Chia.Silo.Node;
using Chia.Silo.Simulation;

namespace Chia.Silo.Commands;

/// <summary><c>chia simulate</c>: a whole network on this machine, before the viewer's eyes.</summary>
internal static class SimulateCommand
{
    private const int MaxNodes = 20;

    /// <summary>Silos or gateways: each takes some 150 MB of this one machine.</summary>
    private const int MaxProcesses = 9;

    public static Command Create()
    {
        var nodes = new Option<int>("--nodes") { Description = "Full nodes.", DefaultValueFactory = _ => 3, HelpName = "N" };
        var k = new Option<int?>(
            "--k")
        { Description = $"Size of the plots of a new network; {SimulationOptions.DefaultK} by default.", HelpName = "K" };
        var plots =
            new Option<int?>(
            "--plots")
            { Description = $"Number of plots of a new network; {SimulationOptions.DefaultPlots} by default.", HelpName = "N" };
        var blocks =
            new Option<uint?>(
            "--blocks")
            {
                Description = "Stop with exit code 0 when every node has this height and the same block there.",
                HelpName = "N"
            };
        var root =
            new Option<string?>(
            "--root")
            { Description = "Folder of the network; ~/.chia-orleans/simulation by default.", HelpName = "DIR" };
        var blockTime = new Option<double?>("--block-time")
        {
            Description = $"Seconds between blocks that a new network aims at; {SimulationOptions.DefaultBlockTime} by default.",
            HelpName = "SECONDS",
        };
        var killTest = new Option<bool>("--kill-test")
        {
            Description = "End a random node, or process of the cluster, every 30 seconds and start it again; nothing may be lost.",
        };
        var cluster = new Option<bool>("--cluster")
        {
            Description = "The full nodes live on a cluster of silo and gateway processes, on PostgreSQL, all started here.",
        };
        var silos = new Option<int?>("--silos")
        { Description = $"Silos of the cluster; {ClusterShape.DefaultSilos} by default.", HelpName = "N" };
        var gateways = new Option<int?>("--gateways")
        { Description = $"Gateways of the cluster; {ClusterShape.DefaultGateways} by default.", HelpName = "M" };
        var postgres = new Option<string?>("--postgres")
        {
            Description = "Database of the cluster; by default a server of its own is started in the folder, of PostgreSQL's installed programs.",
            HelpName = "CONNECTION",
        };
        var api = new Option<int?>("--rpc-port")
        {
            Description =
                $"Port of the API on loopback; {ApiPort.Default}, or a free one if that is taken, by default. 0 takes a free one.",
            HelpName = "N",
        };
        var timeout =
            new Option<double?>(
            "--timeout")
            {
                Description = "With --blocks or --assert: stop after so many seconds; exit code 1 if it is not as wanted then.",
                HelpName = "SECONDS"
            };
        var assert = new Option<string?>("--assert")
        {
            Description = $"What it must come to, else exit code 1: conditions on {string.Join(", ", SimulationFigures.Names)}, separated by semicolons.",
            HelpName = "\"height>=20; orphans<0.3\"",
        };
        var seed = new Option<int?>("--seed") { Description = "Keys, plots and kills follow from this number.", HelpName = "N" };
        var set =
            new Option<string[]>(
            "--set")
            { Description = "Any constant of a new network; may be given several times.", HelpName = "constants.X=Y" };
        var save =
            new Option<string?>(
            "--save")
            { Description = "At the end put everything into one file: keys, plots, chains.", HelpName = "FILE" };
        var load = new Option<string?>("--load") { Description = "Go on from a file of --save, in an empty folder.", HelpName = "FILE" };
        var command =
            new Command("simulate", "Farms a network of its own on loopback: introducer, full nodes, farmer, harvester, timelord.")
        {
            nodes, k, plots, blocks, root, blockTime, killTest, timeout, api, assert, seed, set, save, load,
            cluster, silos, gateways, postgres,
        };
        var log = new LogOptions();
        log.AddTo(command);
        command.SetAction((parsed, cancellation) => Run(
            new SimulationOptions(
                CommonOptions.Folder(parsed.GetValue(root) ?? CommonOptions.HomeFolder("simulation")),
                Between(parsed.GetValue(nodes), 1, MaxNodes, "--nodes"),
                parsed.GetValue(k) is { } size ? Between(size, 15, 32, "--k") : null,
                parsed.GetValue(plots) is { } count ? Between(count, 1, 10_000, "--plots") : null,
                parsed.GetValue(blocks),
                parsed.GetValue(blockTime) is var seconds and (null or (>= 1 and <= 3600))
                    ? seconds
                    : throw new UserException("--block-time must be from 1 to 3600 seconds"),
                parsed.GetValue(killTest),
                parsed.GetValue(timeout) is null || parsed.GetValue(blocks) is not null || parsed.GetValue(assert) is not null
                    ? parsed.GetValue(timeout)
                    : throw new UserException("--timeout goes with --blocks or --assert only"))
            {
                Assertions =
                    AssertionsOf(parsed.GetValue(assert), parsed.GetValue(blocks) is not null || parsed.GetValue(timeout) is not null),
                Log = log.Settings(parsed, Environment.CurrentDirectory, out _),
                Seed = parsed.GetValue(seed),
                Set = parsed.GetValue(set) ?? [],
                Cluster = ShapeOf(
                    parsed.GetValue(cluster), parsed.GetValue(silos), parsed.GetValue(gateways), parsed.GetValue(postgres)),
                Save = parsed.GetValue(save),
                Load = parsed.GetValue(load),
                Api = parsed.GetValue(api) is { } port
                    ? new ApiPort(IPAddress.Loopback, Endpoints.CheckPort(port), MayMove: false)
                    : new ApiPort(IPAddress.Loopback, ApiPort.Default, MayMove: true),
            },
            cancellation));
        return command;
    }

    private static Task<int> Run(SimulationOptions options, CancellationToken cancellation) => Interruption.Run(
        async stopping =>
        {
            try
            {
                return await new SimulationRun(options).Run(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Stopped while keys, plots or genesis were made; the next start goes on from there.
                if (options.LastHeight is null && options.Assertions is null)
                    return 0;
                throw new UserException(
                    $"height {options.LastHeight} was not reached: stopped before the network had started", exitCode: 1);
            }
        },
        cancellation);

    internal static ClusterShape? ShapeOf(bool isCluster, int? silos, int? gateways, string? postgres)
    {
        if (isCluster)
        {
            return new ClusterShape(
                Between(silos ?? ClusterShape.DefaultSilos, 1, MaxProcesses, "--silos"),
                Between(gateways ?? ClusterShape.DefaultGateways, 1, MaxProcesses, "--gateways"),
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

    private static int Between(int value, int minimum, int maximum, string option) =>
        value >= minimum && value <= maximum
            ? value
            : throw new UserException($"{option} must be from {minimum} to {maximum}, not {value}");
}
