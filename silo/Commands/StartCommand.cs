using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;

namespace Chia.Silo.Commands;

/// <summary><c>chia start ROLE</c>.</summary>
internal static class StartCommand
{
    private static readonly TimeSpan HeightCheck = TimeSpan.FromMilliseconds(200);

    public static Command Create() =>
        new("start", "Runs a node until it is told to stop.") { FullNode() };

    private static Command FullNode()
    {
        var network = CommonOptions.Network();
        var root = CommonOptions.Root();
        var port = new Option<int?>("--port") { Description = "TCP port; the network's default for the role. 0 takes a free one.", HelpName = "N" };
        var host = new Option<string?>("--host") { Description = "Address to listen on; all by default.", HelpName = "A" };
        var connect = new Option<string[]>("--connect") { Description = "A peer to keep connected; may be given several times.", HelpName = "HOST:PORT" };
        var introducer = new Option<string?>("--introducer") { Description = "Where addresses of peers come from.", HelpName = "HOST:PORT|none" };
        var rpc = new Option<int>("--rpc-port") { Description = "Port of the local RPC on loopback; 0, the default, takes a free one.", HelpName = "N" };
        var until = new Option<uint?>("--until-height") { Description = "Stop with exit code 0 once the heaviest tip has this height.", HelpName = "N" };
        var timeout = new Option<double?>("--timeout") { Description = "With --until-height: stop with exit code 1 after so many seconds.", HelpName = "SECONDS" };
        var command = new Command("full_node", "Validates, stores and serves the chain.")
        {
            network, root, port, host, connect, introducer, rpc, until, timeout,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var definition = CommonOptions.ResolveNetwork(parsed.GetValue(network));
            var settings = new NodeSettings
            {
                Network = definition,
                Root = CommonOptions.ResolveRoot(parsed.GetValue(root), definition),
                Address = Endpoints.ParseAddress(parsed.GetValue(host)),
                RpcPort = parsed.GetValue(rpc),
                Roles =
                [
                    new RoleSettings(NodeType.FullNode, Endpoints.CheckPort(parsed.GetValue(port) ?? definition.Ports.FullNode))
                    {
                        Connect = [.. (parsed.GetValue(connect) ?? []).Select(Endpoints.Parse)],
                        Introducer = Endpoints.ParseOptional(parsed.GetValue(introducer)),
                    },
                ],
            };
            return await Run(settings, parsed.GetValue(until), parsed.GetValue(timeout), cancellation);
        });
        return command;
    }

    private static async Task<int> Run(NodeSettings settings, uint? untilHeight, double? timeout, CancellationToken cancellation)
    {
        await using var node = await NodeHost.Start(settings, cancellation);
        Console.Out.WriteLine($"ready port={node.PortOf(NodeType.FullNode)} rpc={File.ReadAllText(NodePaths.RpcFile(settings.Root))}");
        var stopped = node.WaitForShutdown();
        if (untilHeight is not { } height)
        {
            await stopped;
            return 0;
        }

        var reached = ReachesHeight(node, height, timeout, stopped);
        var result = await reached;
        await node.Stop();
        return result;
    }

    private static async Task<int> ReachesHeight(RunningNode node, uint height, double? timeout, Task stopped)
    {
        var started = Stopwatch.GetTimestamp();
        while (!stopped.IsCompleted)
        {
            var best = (await node.Chain.GetSnapshot()).Heaviest;
            if (best.Height >= height)
            {
                Console.Out.WriteLine($"height={best.Height} tip={best.HeaderHash} weight={best.TotalWeight}");
                return 0;
            }

            if (timeout is { } seconds && Stopwatch.GetElapsedTime(started).TotalSeconds > seconds)
            {
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"chia: height {height} was not reached in {seconds} s: the heaviest tip has height {best.Height}"));
                return 1;
            }

            await Task.WhenAny(stopped, Task.Delay(HeightCheck));
        }

        return 0;
    }
}
