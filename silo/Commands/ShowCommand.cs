using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Chia.Protocol.Networks;
using Chia.Silo.Hosting;
using Chia.Silo.Rpc;
using Chia.Silo.Views;
using Chia.Storage.Sqlite;
using Spectre.Console;

namespace Chia.Silo.Commands;

/// <summary><c>chia show</c>: a running node's state over its local RPC, else what its store says.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var network = CommonOptions.Network();
        var root = CommonOptions.Root();
        var rpc = new Option<string?>("--rpc") { Description = "Address of a running node's local RPC.", HelpName = "URL" };
        var json = new Option<bool>("--json") { Description = "Machine-readable." };
        var command = new Command("show", "State of a node: status, tips, height, weight, peers, sync progress, rates.") { network, root, rpc, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var status = parsed.GetValue(rpc) is { } url
                ? await ReadRpc(url, cancellation)
                : await Read(parsed.GetValue(root), parsed.GetValue(network), cancellation);
            if (parsed.GetValue(json))
                Console.Out.Write(JsonSerializer.Serialize(status, StatusJson.Default.NodeStatus) + Environment.NewLine);
            else
                Print(status);
            return 0;
        });
        return command;
    }

    private static async Task<NodeStatus> Read(string? root, string? networkName, CancellationToken cancellation)
    {
        var network = CommonOptions.ResolveNetwork(networkName);
        var folder = CommonOptions.ResolveRoot(root, network);
        if (File.Exists(NodePaths.RpcFile(folder)) && await RpcClient.TryRead(await File.ReadAllTextAsync(NodePaths.RpcFile(folder), cancellation), cancellation) is { } running)
            return running;
        await using var reader = await SqliteBlockStore.OpenReader(NodePaths.ExistingStore(folder, network), cancellation);
        return StatusOf.Stored(network, await reader.GetSummary(cancellation));
    }

    private static async Task<NodeStatus> ReadRpc(string url, CancellationToken cancellation) =>
        await RpcClient.TryRead(url, cancellation)
        ?? throw new UserException($"no node answers at {url}: is it running, and is this the address it printed as rpc=?");

    private static void Print(NodeStatus status)
    {
        var summary = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "");
        void Row(string name, FormattableString value) =>
            summary.AddRow($"[grey]{name}[/]", Markup.Escape(Printable.Escape(value.ToString(CultureInfo.InvariantCulture))));
        Row("status", $"{status.Status}");
        Row("network", $"{status.Network}");
        if (status.Tips.Count > 0)
        {
            Row("height", $"{status.Height}");
            Row("weight", $"{status.Weight}");
            Row("tip", $"{status.Tip}");
            Row("blocks stored", $"{status.Blocks}");
            Row("difficulty", $"{status.Difficulty}");
            Row("iterations/s", $"{status.IterationsPerSecond}");
        }

        if (status.Sync.Total > 0)
            Row("sync", $"{status.Sync.Phase}: {status.Sync.Done} of {status.Sync.Total}, {status.Sync.PerSecond:0.0}/s, to height {status.Sync.TargetHeight}");
        if (status.Running && status.Tips.Count > 0)
            Row("rate", $"{status.Rates.BlocksPerSecond:0.0} blocks/s");
        if (status.Farmer is { } farmer)
            Row("farmer", $"{farmer.ProofsFound} proofs found, {farmer.HeadersSigned} blocks handed in, {farmer.FullNodes} full nodes, {farmer.Harvesters} harvesters");
        if (status.Harvester is { } harvester)
            Row("harvester", $"{harvester.Plots} plots, {harvester.Faults.Length} faulty, {harvester.Challenges} challenges, {harvester.Proofs} proofs");
        if (status.Timelord is { } timelord)
            Row("timelord", $"{timelord.ProofsMade} proofs, {timelord.IterationsPerSecond:N0} iterations/s, {timelord.BusySlots} of {timelord.Slots} slots busy");
        AnsiConsole.Write(summary);
        PrintTips(status);
        PrintPeers(status);
    }

    private static void PrintTips(NodeStatus status)
    {
        if (status.Tips.Count == 0)
            return;
        var tips = new Table().AddColumns("tip", "header hash", "weight", "time (UTC)");
        foreach (var tip in status.Tips)
        {
            var time = DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(tip.Timestamp, int.MaxValue)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            tips.AddRow($"{tip.Height}", Cell(tip.HeaderHash), $"{tip.Weight}", time);
        }

        AnsiConsole.Write(tips);
    }

    private static string Cell(string text) => Markup.Escape(Printable.Escape(text));

    private static void PrintPeers(NodeStatus status)
    {
        if (!status.Running)
            return;
        var peers = new Table().AddColumns("peer", "address", "node id", "direction", "connected");
        foreach (var peer in status.Peers)
        {
            peers.AddRow(
                Cell(peer.Role),
                Cell($"{peer.Host}:{peer.Port}"),
                Cell(peer.NodeId.Length > 10 ? peer.NodeId[..10] : peer.NodeId),
                Cell(peer.Direction),
                Amounts.Duration(peer.ConnectedSeconds));
        }

        AnsiConsole.Write(peers);
    }
}
