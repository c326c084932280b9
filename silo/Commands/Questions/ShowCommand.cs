using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Chia.Silo.Commands.Options;
using Chia.Silo.Status;
using Chia.Silo.Views;
using Spectre.Console;

namespace Chia.Silo.Commands.Questions;

/// <summary><c>chia show</c>: a running node's state over its local RPC, else what its store says.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var (finder, json) = (new NodeFinder(), CommonOptions.Json());
        var command = new Command("show", "State of a node: status, tips, height, weight, peers, sync progress, rates.") { json };
        finder.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var status = await finder.RunningOrStored(parsed, cancellation);
            if (parsed.GetValue(json))
                Console.Out.Write(JsonSerializer.Serialize(status, StatusJson.Default.NodeStatus) + Environment.NewLine);
            else
                Print(status);
            return 0;
        });
        return command;
    }

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
            Row("speed assumed", $"{status.IterationsPerSecond} iterations/s");
        }

        if (status.Sync is { Total: > 0 } sync)
            Row("sync", $"{sync.Phase}: {sync.Done} of {sync.Total}, {sync.PerSecond:0.0}/s, to height {sync.TargetHeight}");
        if (status.Rates?.BlocksPerSecond is { } rate)
            Row("rate", $"{rate:0.0} blocks/s");
        if (status.UptimeSeconds is { } uptime)
            Row("up", $"{Amounts.Duration(uptime)}");
        if (status.Farmer is { } farmer)
            Row("farmer", $"{farmer.ProofsFound} proofs found, {farmer.HeadersSigned} blocks handed in, {farmer.FullNodes} full nodes, {farmer.Harvesters} harvesters");
        if (status.Harvester is { } harvester)
            Row("harvester", $"{harvester.Plots} plots, {harvester.Faults.Length} faulty, {harvester.Duplicates.Length} listed twice, {harvester.Challenges} challenges, {harvester.Proofs} proofs");
        if (status.Timelord is { } timelord)
            Row("timelord", $"{timelord.ProofsMade} proofs, {timelord.IterationsPerSecond:N0} iterations/s, {timelord.BusySlots} of {timelord.Slots} slots busy");
        Terminal.Tables.Write(summary);
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
            var time = DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(tip.Timestamp, int.MaxValue))
                .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            tips.AddRow($"{tip.Height}", Cell(Digits(tip.HeaderHash)), $"{tip.Weight}", time);
        }

        Terminal.Tables.Write(tips);
    }

    /// <summary>The first digits of a hash: eighty columns hold no more beside others.</summary>
    private static string Short(string hash) => hash.Length > 10 ? hash[..10] : hash;

    /// <summary>As many digits of a tip's hash as a line of eighty columns holds; <c>--json</c> has them all.</summary>
    private static string Digits(string hash) => hash.Length > 20 ? hash[..20] : hash;

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
                Cell(Short(peer.NodeId)),
                Cell(peer.Direction),
                Amounts.Duration(peer.ConnectedSeconds));
        }

        Terminal.Tables.Write(peers);
    }
}
