using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Chia.Protocol.Primitives;
using Chia.Silo.Commands.Options;
using Chia.Silo.Configuration;
using Chia.Silo.Hosting;
using Chia.Silo.Hosting.Processes;
using Chia.Silo.Node;
using Chia.Silo.Status;
using Chia.Silo.Views;

namespace Chia.Silo.Commands.Processes;

/// <summary><c>chia start ROLE…</c>.</summary>
internal static class StartCommand
{
    private static readonly TimeSpan HeightCheck = TimeSpan.FromMilliseconds(200);

    public static Command Create()
    {
        var roles = new Argument<string[]>("ROLE")
        {
            Description = $"One or several of {string.Join(", ", RoleNames.All)}.",
            Arity = ArgumentArity.OneOrMore,
        };
        roles.CompletionSources.Add([.. RoleNames.All]);
        var options = new Options();
        var command = new Command("start", "Runs one or several roles until it is told to stop.") { roles };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var wanted = parsed.GetRequiredValue(roles).Select(RoleNames.Parse).Distinct().ToList();
            var settings = options.ToSettings(parsed, wanted);
            return await Run(settings, parsed.GetValue(options.UntilHeight), parsed.GetValue(options.Timeout), cancellation);
        });
        return command;
    }

    private static async Task<int> Run(NodeSettings settings, uint? untilHeight, double? timeout, CancellationToken cancellation)
    {
        if (untilHeight is not null && !settings.Roles.Any(r => r.Role == Role.FullNode))
            throw new UserException("--until-height goes with the role full_node only");
        if (timeout is not null && untilHeight is null)
            throw new UserException("--timeout goes with --until-height only");
        await using var node = await NodeHost.Start(settings, cancellation);

        // Before anybody is told that it is ready, and may close the terminal.
        using var hangup = Interruption.OnHangup(node.RequestStop);
        var ports =
            string.Join(
            ' ', settings.Roles.Select(
            r => settings.Roles.Count == 1 ? $"port={node.PortOf(r.Role)}" : $"{RoleNames.Of(r.Role)}_port={node.PortOf(r.Role)}"));
        Console.Out.WriteLine($"ready {ports} rpc={node.RpcUrl}");
        ServiceManager.NoteReady(node.Lifetime);
        node.BeginCounting();
        var stopped = node.WaitForShutdown();
        if (untilHeight is not { } height)
        {
            await stopped;
            await node.Stop();
            Console.Out.WriteLine($"stopped after {Amounts.Duration(ProcessTime.Uptime)}");
            return 0;
        }

        var result = await UnlessStopped(node, () => ReachesHeight(node, height, timeout, stopped));
        await node.Stop();
        return result;
    }

    /// <summary>To be told to stop is no failure, whatever the grains were asked at that moment.</summary>
    private static async Task<int> UnlessStopped(RunningNode node, Func<Task<int>> watch)
    {
        try
        {
            return await watch();
        }
        catch (Exception) when (node.IsStopping)
        {
            return 0;
        }
    }

    private static async Task<int> ReachesHeight(RunningNode node, uint height, double? timeout, Task stopped)
    {
        var started = Stopwatch.GetTimestamp();
        while (!stopped.IsCompleted)
        {
            var best = (await NodeStages.Answered(node.Chain.GetSnapshot)).Heaviest;
            if (best.Height >= height)
            {
                Console.Out.WriteLine($"height={best.Height} tip={best.HeaderHash} weight={best.TotalWeight}");
                return 0;
            }

            if (timeout is { } seconds && Stopwatch.GetElapsedTime(started).TotalSeconds > seconds)
            {
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"chia: height {height} was not reached in {seconds} s: the heaviest tip has height {best.Height}"));
                return 1;
            }

            await Task.WhenAny(stopped, Task.Delay(HeightCheck));
        }

        return 0;
    }

    /// <summary>Options of the command. Those of one role apply to the first role named.</summary>
    private sealed class Options
    {
        private readonly RootOptions _root = new();
        private readonly LogOptions _log = new();
        private readonly Option<string?> _port =
            new("--port") { Description = "TCP port of the first role; 0 takes a free one.", HelpName = "N" };
        private readonly Option<string?> _host =
            new("--host") { Description = "Address that the first role listens on; all by default.", HelpName = "A" };
        private readonly Option<string[]> _connect =
            new("--connect") { Description = "A full node to keep connected; may be given several times.", HelpName = "HOST:PORT" };
        private readonly Option<string?> _introducer =
            new("--introducer") { Description = "Where a full node gets addresses of others.", HelpName = "HOST:PORT|none" };
        private readonly Option<string?> _rpc = new(
            "--rpc-port")
        {
            Description =
            "Port of the API; 8555, or a free one if that is taken, by default. 0 takes a free one.",
            HelpName = "N"
        };
        private readonly Option<string[]> _set =
            new("--set") { Description = "Any setting of config.yaml; may be given several times.", HelpName = "SECTION.KEY=VALUE" };

        public Option<uint?> UntilHeight { get; } =
            new("--until-height") { Description = "Stop with exit code 0 once the heaviest tip has this height.", HelpName = "N" };

        public Option<double?> Timeout { get; } =
            new("--timeout") { Description = "With --until-height: stop with exit code 1 after so many seconds.", HelpName = "SECONDS" };

        public void AddTo(Command command)
        {
            _root.AddTo(command);
            foreach (var option in new Option[] { _port, _host, _connect, _introducer, _rpc, _set, UntilHeight, Timeout })
                command.Add(option);
            _log.AddTo(command);
        }

        public NodeSettings ToSettings(ParseResult parsed, List<Role> roles)
        {
            RefuseUnused(parsed, roles);

            // The folder holds config.yaml, so it is found first: by the network's name if it is not given.
            var root = _root.Folder(parsed);
            var configuration = NodeConfiguration.Load(root);
            configuration.SetOption("network", _root.NetworkName(parsed), "--network");
            foreach (var assignment in parsed.GetValue(_set) ?? [])
                configuration.SetOption(assignment);
            // A folder that was made for a network never becomes another's by a start that names none.
            if (!configuration.IsSet("network") && IsThere(NodePaths.NetworkFile(root)))
                configuration.SetOption("network", NodePaths.NetworkFile(root), "network.yaml");
            var first = RoleNames.Of(roles[0]);
            configuration.SetOption($"{first}.port", parsed.GetValue(_port), "--port");
            configuration.SetOption($"{first}.host", parsed.GetValue(_host), "--host");
            configuration.SetOption("rpc_port", parsed.GetValue(_rpc), "--rpc-port");
            configuration.SetOption("full_node.introducer_peer", parsed.GetValue(_introducer), "--introducer");
            if (parsed.GetValue(_connect) is { Length: > 0 } peers)
                configuration.SetOption("full_node.connect", string.Join(",", peers), "--connect");
            _log.Set(parsed, configuration);
            var network = CommonOptions.ResolveNetwork(configuration["network"]);
            var instance = _root.InstanceOf(parsed);
            NodeSettings Settings() => NodeSettingsFactory.Create(roles, configuration, network, root, instance);
            return Settings() with { Reread = () => configuration.Reload() ? Settings() : null };
        }

        /// <summary>Whatever lies there: of a link to nothing, and of what cannot be read, the reader says so.</summary>
        private static bool IsThere(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

        /// <summary>What none of the roles takes is refused: whoever gives it expects something of it. A file and the environment may
        /// speak of roles that run elsewhere.</summary>
        private void RefuseUnused(ParseResult parsed, List<Role> roles)
        {
            foreach (var option in new Option[] { _connect, _introducer }.Where(o => parsed.GetResult(o) is { Implicit: false }))
            {
                if (!roles.Contains(Role.FullNode))
                    throw new UserException(
                        $"{option.Name} goes with the role full_node only; others are told by --set, as timelord.full_node_peer=HOST:PORT");
            }

            foreach (var path in (parsed.GetValue(_set) ?? []).Select(assignment => assignment.Split('=')[0].Trim()))
            {
                if (ConfigSchema.Find(path)?.Section is { } section && RoleNames.All.Contains(section)
                    && !roles.Contains(RoleNames.Parse(section)))
                    throw new UserException($"--set {path} goes with the role {section} only");
            }
        }
    }
}
