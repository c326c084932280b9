using System.Diagnostics;
using System.Globalization;
using Chia.Consensus.Validation;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Bench.Chains;
using Chia.Silo.Bench.Figures;
using Chia.Silo.Node;
using Chia.Silo.Views;
using Chia.Storage;
using Chia.Storage.Maintenance;
using Chia.Storage.Providers;

namespace Chia.Silo.Bench;

/// <summary>
/// <c>bench store</c>: what maintenance of a node's store takes, on a chain that is made up for it (<see cref="SyntheticStore"/>): each of
/// <c>db verify</c>, <c>export</c>, <c>backup</c> and <c>rewind</c>. An import is validation and has its figure in <c>bench validate</c>.
/// </summary>
internal static class StoreBench
{
    /// <param name="blocks">Blocks of the chain.</param>
    /// <param name="report">Where the figures go.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task Run(int blocks, BenchReport report, CancellationToken stopping)
    {
        var folder = Directory.CreateTempSubdirectory("chia-bench-").FullName;
        try
        {
            await SyntheticStore.Fill(folder, blocks, stopping);
            var network = Testnet.Definition;
            await using var place = BlockStorePlace.At(NodePaths.StoreFile(folder));
            var (node, identity) = (NodeName.Main, StoreIdentity.Of(network));
            var table = new FigureTable(string.Create(CultureInfo.InvariantCulture, $"maintenance of a store of {blocks:N0} blocks"));
            await Measure("db verify", progress => Verify(place.OpenDamaged(node, identity), network, progress, stopping));
            await Measure("db export", async progress => await Export(
                await Reader(), Path.Combine(folder, "blocks.bin"), null, progress, stopping));
            await Measure("db export --format csv", async progress => await Export(
                await Reader(), Path.Combine(folder, "blocks.csv"), BlockTableFormat.Csv, progress, stopping));
            await Measure("db backup", progress => place.Backup(node, identity, Path.Combine(folder, "copy.db"), progress, stopping));
            await Measure(
                "db rewind to the middle",
                progress => place.Rewind(node, identity, (uint)blocks / 2, network.Constants.NumberOfHeads, progress, stopping));
            table.Print(report);

            Task<IBlockReader> Reader() => place.OpenReader(node, identity, stopping);

            async Task Measure(string what, Func<IProgress<StoreProgress>, Task> work)
            {
                using var view = new ProgressView(what, "parts", 0);
                var (started, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                await work(new SyncProgress<StoreProgress>(p => view.Report(p.Done, "", p.Total)));
                var (seconds, used) = (Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - processor);
                table.Add(new Figure($"{what}, blocks", blocks / seconds.TotalSeconds, "blocks/s"))
                    .Add(new Figure($"{what}, processor time", used.TotalSeconds, "s"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Verify(
        IBlockReader reader, NetworkDefinition network, IProgress<StoreProgress> progress, CancellationToken stopping)
    {
        await using var open = reader;
        var report = await StoreVerifier.Verify(
            open, block => StoredCopies.FindFault(network.Constants, block), progress, stopping);
        if (!report.IsSound)
            throw new UserException($"the chain that was made up is not sound: {report.Faults[0]}", 1);
    }

    private static async Task Export(
        IBlockReader reader, string file, BlockTableFormat? format, IProgress<StoreProgress> progress, CancellationToken stopping)
    {
        await using var open = reader;
        await using var output = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
        var heights = new SyncProgress<uint>(height => progress.Report(new StoreProgress((int)height, 0)));
        if (format is { } table)
            await BlockTable.Write(open, output, table, new ExportRange(), heights, stopping);
        else
            await BlockArchive.Export(open, output, new ExportRange(), heights, stopping);
    }
}
