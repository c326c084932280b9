using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Chia.Consensus.Validation;
using Chia.Grains.Chain;
using Chia.Grains.Validation;
using Chia.Protocol.Networks;
using Chia.Silo.Node;
using Chia.Silo.Views;
using Chia.Storage;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;

namespace Chia.Silo.Commands;

/// <summary><c>chia db …</c>: the block store of a node.</summary>
internal static class DbCommand
{
    private const int FailedExitCode = 1;

    public static Command Create() =>
        new("db", "The block store: import, export, verify, rewind, backup, stats.")
        {
            Import(), Export(), Verify(), Rewind(), Backup(), Stats(),
        };

    private static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "Records: 4-byte big-endian length, then the block's bytes." };
        var network = CommonOptions.Network();
        var root = CommonOptions.Root();
        var command = new Command("import", "Validates blocks fully and adds them; blocks already present are skipped.") { file, network, root };
        command.SetAction(async (parsed, cancellation) =>
        {
            var definition = CommonOptions.ResolveNetwork(parsed.GetValue(network));
            return await RunImport(parsed.GetRequiredValue(file), definition, parsed.GetValue(root), cancellation);
        });
        return command;
    }

    private static async Task<int> RunImport(string file, NetworkDefinition network, string? root, CancellationToken cancellation)
    {
        await using var input = OpenInput(file);
        await using var store = await SqliteBlockStore.Open(NodePaths.Store(CommonOptions.ResolveRoot(root, network), network), cancellation);
        using var threads = new ValidationThreads();
        var proofs = new ProofVerifier();
        var committed = await CommittedChain.Open(network, store, proofs, TimeProvider.System, cancellation);
        var started = Stopwatch.GetTimestamp();
        using var progress = new ProgressView("importing", "MB", input.CanSeek ? input.Length / 1e6 : 0);
        var done = new ImportProgress(0, 0, 0);
        var report = new SyncProgress<ImportProgress>(p =>
        {
            done = p;
            progress.Report(p.Bytes / 1e6, $"height {committed.State.HeaviestTip!.Height}, {Rate(p.Imported, started)} blocks/s");
        });
        string? failure = null;
        try
        {
            done = await new ChainImporter(committed, proofs, threads).Import(BlockArchive.Read(input, cancellation), report, cancellation);
        }
        catch (ImportException error)
        {
            failure = error.Message;
            done = error.Done;
        }

        progress.Dispose();
        if (failure is not null)
            Console.Error.WriteLine($"chia: {file}: {failure}");
        var tip = committed.State.HeaviestTip!;
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"imported={done.Imported} height={tip.Height} tip={tip.HeaderHash} weight={tip.TotalWeight} seconds={seconds:F2} blocks_per_second={done.Imported / Math.Max(seconds, 1e-9):F2}"));
        return failure is null ? 0 : FailedExitCode;
    }

    private static Command Export()
    {
        var file = new Argument<string>("FILE") { Description = "File to write; it must not exist." };
        var from = new Option<uint>("--from") { Description = "First height.", HelpName = "HEIGHT" };
        var to = new Option<uint?>("--to") { Description = "Last height; the heaviest tip's by default.", HelpName = "HEIGHT" };
        var network = CommonOptions.Network();
        var root = CommonOptions.Root();
        var command = new Command("export", "Writes the chain of the heaviest tip.") { file, from, to, network, root };
        command.SetAction(async (parsed, cancellation) =>
        {
            var definition = CommonOptions.ResolveNetwork(parsed.GetValue(network));
            await using var reader = await OpenReader(parsed.GetValue(root), definition, cancellation);
            var path = parsed.GetRequiredValue(file);
            await using var output = CreateOutput(path);
            try
            {
                var count = await BlockArchive.Export(reader, output, parsed.GetValue(from), parsed.GetValue(to), null, cancellation);
                Console.Out.WriteLine($"exported={count} file={path}");
                return 0;
            }
            catch
            {
                File.Delete(path);
                throw;
            }
        });
        return command;
    }

    private static Command Verify()
    {
        var network = CommonOptions.Network();
        var root = CommonOptions.Root();
        var command = new Command(
            "verify", "Reads every block and compares it with the index; names the last good height. Signatures and proofs are not verified again.") { network, root };
        command.SetAction(async (parsed, cancellation) =>
        {
            var definition = CommonOptions.ResolveNetwork(parsed.GetValue(network));
            var options = Existing(parsed.GetValue(root), definition);
            await RefuseOtherNetwork(options, cancellation);
            await using var reader = SqliteBlockStore.OpenDamaged(options);
            using var view = new ProgressView("verifying", "blocks", 0);
            var report = await StoreVerifier.Verify(
                reader,
                block => StoredCopies.FindFault(definition.Constants, block),
                new SyncProgress<VerifyProgress>(p => view.Report(p.Done, "", p.Total)),
                cancellation);
            view.Dispose();
            Print(report);
            return report.IsSound ? 0 : FailedExitCode;
        });
        return command;
    }

    private static void Print(VerifyReport report)
    {
        foreach (var fault in report.Faults)
            Console.Error.WriteLine($"chia: {Printable.Escape($"{fault}")}");
        foreach (var part in report.NotCovered)
            Console.Error.WriteLine($"chia: not covered: {Printable.Escape(part)}");
        var good = report.LastGoodHeight is { } height ? height.ToString(CultureInfo.InvariantCulture) : "none";
        Console.Out.WriteLine($"blocks={report.Blocks} height={report.Height} tip={report.Tip} last_good_height={good} faults={report.Faults.Count}");
        if (report.IsSound)
            return;
        Console.Error.WriteLine(report.LastGoodHeight is { } last
            ? $"chia: go back with: chia db rewind {last}"
            : "chia: nothing of it can be kept: move the file away and sync again");
    }

    private static Command Rewind()
    {
        var height = new Argument<uint>("HEIGHT") { Description = "The new greatest height." };
        var network = CommonOptions.Network();
        var root = CommonOptions.Root();
        var command = new Command("rewind", "Goes back to a height of the heaviest chain; what is above is dropped.") { height, network, root };
        command.SetAction(async (parsed, cancellation) =>
        {
            var definition = CommonOptions.ResolveNetwork(parsed.GetValue(network));
            var options = Existing(parsed.GetValue(root), definition);
            await RefuseOtherNetwork(options, cancellation);
            var result = await SqliteRewind.Rewind(
                options, parsed.GetRequiredValue(height), definition.Constants.NumberOfHeads, cancellation);
            Console.Out.WriteLine($"removed={result.Removed} height={result.Height} tip={result.Tip} weight={result.Weight}");
            if (result.KeptAside is { } aside)
                Console.Error.WriteLine($"chia: the store was damaged: a new one was made of what is good in it; the old one is {aside}");
            return 0;
        });
        return command;
    }

    private static Command Backup()
    {
        var file = new Argument<string>("FILE") { Description = "File to write; it must not exist." };
        var network = CommonOptions.Network();
        var root = CommonOptions.Root();
        var command = new Command("backup", "Copies the store, of a running node too: the copy is a store itself.") { file, network, root };
        command.SetAction(async (parsed, cancellation) =>
        {
            var definition = CommonOptions.ResolveNetwork(parsed.GetValue(network));
            var path = parsed.GetRequiredValue(file);
            using var view = new ProgressView("copying", "pages", 0);
            var bytes = await SqliteBackup.Run(
                Existing(parsed.GetValue(root), definition),
                path,
                new SyncProgress<BackupProgress>(p => view.Report(p.Done, "", p.Total)),
                cancellation);
            view.Dispose();
            Console.Out.WriteLine($"bytes={bytes} file={path}");
            return 0;
        });
        return command;
    }

    private static Command Stats()
    {
        var network = CommonOptions.Network();
        var root = CommonOptions.Root();
        var command = new Command("stats", "What the store holds and how large it is.") { network, root };
        command.SetAction(async (parsed, cancellation) =>
        {
            var definition = CommonOptions.ResolveNetwork(parsed.GetValue(network));
            var options = Existing(parsed.GetValue(root), definition);
            await using var reader = await SqliteBlockStore.OpenReader(options, cancellation);
            var summary = await reader.GetSummary(cancellation);
            var size = new FileInfo(options.Path).Length;
            var log = new FileInfo(options.Path + "-wal") is { Exists: true } file ? file.Length : 0;
            Console.Out.WriteLine(
                $"blocks={summary.Blocks} height={summary.Tips.Select(t => (uint?)t.Height).Max()} tips={summary.Tips.Count} "
                + $"indexed_height={summary.IndexedHeight} sync_blocks={summary.SyncBlocks} bytes={size} log_bytes={log} "
                + $"bytes_per_block={(summary.Blocks == 0 ? 0 : size / summary.Blocks)}");
            return 0;
        });
        return command;
    }

    /// <summary>
    /// A sound store of another network is the wrong store, not a damaged one. Where the name is another's and the genesis block is ours, the name
    /// is what was damaged.
    /// </summary>
    /// <exception cref="StoreNetworkException">The store is another network's.</exception>
    private static async Task RefuseOtherNetwork(SqliteStoreOptions options, CancellationToken cancellation)
    {
        try
        {
            await using var reader = await SqliteBlockStore.OpenReader(options, cancellation);
        }
        catch (StoreNetworkException)
        {
            if (!await HasOurGenesis(options, cancellation))
                throw;
        }
        catch (StoreException)
        {
            // Damaged: what the command is for.
        }
    }

    private static async Task<bool> HasOurGenesis(SqliteStoreOptions options, CancellationToken cancellation)
    {
        await using var reader = SqliteBlockStore.OpenDamaged(options);
        try
        {
            return await reader.Contains(options.Identity.GenesisHash, cancellation);
        }
        catch (StoreException)
        {
            return true;
        }
    }

    private static SqliteStoreOptions Existing(string? root, NetworkDefinition network)
    {
        var options = NodePaths.Store(CommonOptions.ResolveRoot(root, network), network);
        return Path.Exists(options.Path) ? options : NodePaths.ExistingStore(Path.GetDirectoryName(options.Path)!, network);
    }

    private static async Task<IBlockReader> OpenReader(string? root, NetworkDefinition network, CancellationToken cancellation) =>
        await SqliteBlockStore.OpenReader(NodePaths.ExistingStore(CommonOptions.ResolveRoot(root, network), network), cancellation);

    /// <summary>A file, a pipe, or standard input as <c>-</c>.</summary>
    private static Stream OpenInput(string file)
    {
        try
        {
            return file == "-" ? Console.OpenStandardInput() : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"cannot read {file}: {error.Message}");
        }
    }

    private static FileStream CreateOutput(string file)
    {
        try
        {
            return new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"cannot write {file}: {error.Message}");
        }
    }

    private static string Rate(long count, long started) =>
        (count / Math.Max(Stopwatch.GetElapsedTime(started).TotalSeconds, 1e-9)).ToString("F1", CultureInfo.InvariantCulture);
}
