using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Chia.Cryptography.Plots;
using Chia.Grains.Harvester;
using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Bench.Chains;
using Chia.Silo.Bench.Figures;
using Chia.Silo.Keys;
using Chia.Silo.Views;
using YamlDotNet.RepresentationModel;

namespace Chia.Silo.Bench;

/// <summary>
/// <c>bench harvester</c>: a harvester of many plots in a process of its own, asked by a farmer that is here. The plots are one small plot
/// under many ids: their tables are read as those of others would be, and all have as many answers to a challenge.
/// </summary>
internal static class HarvesterBench
{
    /// <summary>The smallest that can be plotted, so that ten thousand find room: 0.45 MB. What a look-up reads and decodes of larger ones
    /// is as much.</summary>
    private const byte Size = 15;

    /// <summary>Challenges asked one after the other; the cheapest counts.</summary>
    private const int Challenges = 8;

    /// <summary>Of the plot's header (POSPACE.md 6.1), behind the words that a plot begins with.</summary>
    private const int IdOffset = 19;

    private const double KibiBytes = 1024;
    private const double SecondsInMinute = 60;

    /// <param name="plots">How many.</param>
    /// <param name="folders">How many folders they lie in.</param>
    /// <param name="idle">How long to watch it doing nothing; zero not to.</param>
    /// <param name="report">Where the figures go.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task Run(int plots, int folders, TimeSpan idle, BenchReport report, CancellationToken stopping)
    {
        var root = Directory.CreateTempSubdirectory("chia-bench-").FullName;
        try
        {
            var pool = HarvesterKeys.Generate().PlotKey(0, 0).PublicKey;
            var challenges = Make(root, pool, plots, folders, stopping);
            var began = Stopwatch.GetTimestamp();
            await using var node = await ServedNode.Start(root, Role.Harvester, Testnet.Definition, "", stopping);
            var (started, listed) = (Stopwatch.GetElapsedTime(began), node.Memory);
            using var farmer = await HeldPeer.Dial(Testnet.Definition, node.Port, IPAddress.Loopback, stopping, Role.Farmer);
            began = Stopwatch.GetTimestamp();
            await farmer.Send(MessageRegistry.Encode(new HarvesterHandshakeMessage([pool])), stopping);
            await Ask(farmer, challenges[0], plots, stopping);
            var opened = Stopwatch.GetElapsedTime(began);
            var costs = new List<Cost>();
            foreach (var challenge in challenges.Skip(1))
                costs.Add(await Measure(node, farmer, challenge, plots, stopping));
            var memory = node.Memory;
            var before = node.ProcessorOfAll;
            await Task.Delay(idle, stopping);
            var rested = node.ProcessorOfAll - before;
            var table = new FigureTable(string.Create(
                CultureInfo.InvariantCulture, $"a harvester of {plots:N0} plots in {folders} folders, warm cache"))
                .Add(new Figure("time to ready, the list read", started.TotalMilliseconds, "ms"))
                .Add(new Figure("all opened, and the first challenge answered", opened.TotalMilliseconds, "ms"))
                .Add(new Figure("memory of an open plot", (memory - listed) / KibiBytes / plots, "KiB"))
                .Add(new Figure("memory of all", memory / KibiBytes / KibiBytes, "MiB"))
                .Add(new Figure("a challenge, every plot has one answer: time", costs.Min(cost => cost.Milliseconds), "ms"))
                .Add(new Figure("the same, processor time", costs.Min(cost => cost.Processor), "ms"))
                .Add(new Figure("the same, of a plot", costs.Min(cost => cost.Processor) / plots, "ms"))
                .Add(new Figure("reads of a plot and of sockets, for each plot", costs.Min(cost => cost.Reads) / (double)plots, "reads"));
            if (idle > TimeSpan.Zero)
                table.Add(new Figure("processor time of an idle minute", rested * (SecondsInMinute / idle.TotalSeconds), "ms"));
            table.Print(report);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<Cost> Measure(
        ServedNode node, HeldPeer farmer, Bytes32 challenge, int plots, CancellationToken stopping)
    {
        var (processor, reads, began) = (node.Processor, node.Reads, Stopwatch.GetTimestamp());
        await Ask(farmer, challenge, plots, stopping);
        return new Cost(Stopwatch.GetElapsedTime(began).TotalMilliseconds, node.Processor - processor, node.Reads - reads);
    }

    /// <summary>Completes when as many answers have come as there are plots.</summary>
    private static async Task Ask(HeldPeer farmer, Bytes32 challenge, int plots, CancellationToken stopping)
    {
        await farmer.Send(MessageRegistry.Encode(new NewChallengeMessage(challenge)), stopping);
        var answers = 0;
        await farmer.Until(
            payload =>
            {
                MessageRegistry.TryDecode(payload, Role.Harvester, Role.Farmer, out var message);
                return message is ChallengeResponseMessage answer && answer.ChallengeHash == challenge && ++answers == plots;
            },
            stopping);
    }

    /// <summary>Makes a plot, and as many of it as wanted; challenges to which it has one answer each.</summary>
    private static IReadOnlyList<Bytes32> Make(string root, Bytes48 pool, int plots, int folders, CancellationToken stopping)
    {
        var first = Path.Combine(root, "first.plot");
        Plotter.Create(new PlotParameters(new Bytes32(SHA256.HashData("bench"u8)), Size), first, null, stopping);
        Copy(root, pool, File.ReadAllBytes(first), plots, folders, stopping);
        using var prover = PlotProver.Open(first);
        return
        [
            .. Enumerable.Range(0, int.MaxValue).Select(i => new Bytes32(SHA256.HashData(BitConverter.GetBytes(i))))
                .Where(challenge => prover.GetQualities(challenge).Count == 1).Take(Challenges + 1),
        ];
    }

    private static void Copy(string root, Bytes48 pool, byte[] plot, int plots, int folders, CancellationToken stopping)
    {
        var keys = HarvesterKeys.Generate();
        var list = new YamlMappingNode();
        using var progress = new ProgressView("making plots", "plots", plots);
        for (var i = 0; i < plots; i++)
        {
            stopping.ThrowIfCancellationRequested();
            var key = keys.PlotKey(Size, (uint)i);
            var id = PlotEntry.IdOf(pool, key.PublicKey);
            var folder = Directory.CreateDirectory(Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"drive{i % folders}")));
            var file = Path.Combine(folder.FullName, HarvesterKeys.FileName((uint)i, Size, id));
            id.Span.CopyTo(plot.AsSpan(IdOffset));
            File.WriteAllBytes(file, plot);
            list.Add(file, PlotsFile.EntryOf(pool, key));
            progress.Report(i + 1, "");
        }

        PlotsFile.Of(root, "").Write(list);
    }

    private sealed record Cost(double Milliseconds, double Processor, long Reads);
}
