using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Chia.Consensus.Validation;
using Chia.Grains.Chain;
using Chia.Grains.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;
using Chia.Silo.Commands.Options;
using Chia.Silo.Views;
using Chia.Storage.Files;
using Chia.Storage.Maintenance;

namespace Chia.Silo.Commands.Stores;

/// <summary><c>chia db import</c>: recorded blocks, validated fully. A store that was begun for it and got nothing does not
/// stay.</summary>
internal static class DbImportCommand
{
    public static Command Create()
    {
        var file =
            new Argument<string>(
            "FILE")
            { Description = "Records: 4-byte big-endian length, then the block's bytes; - is standard input." };
        var (options, json) = (new StoreOptions(), CommonOptions.Json());
        var command = new Command("import", "Validates blocks fully and adds them; blocks already present are skipped.") { file, json };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(file);
            await using var input = OpenInput(path);
            await using var store = await options.FindOrPlan(parsed, cancellation);
            return await Run(path, input, store, parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static async Task<int> Run(string path, Stream input, ChosenStore chosen, bool json, CancellationToken cancellation)
    {
        var rules = chosen.Rules;
        await using var records = BlockArchive.Read(input, cancellation).GetAsyncEnumerator(cancellation);
        var first = await First(records, path, chosen);
        var isKept = chosen.Exists;
        try
        {
            await using var store = await chosen.Place.Open(chosen.Node, chosen.Identity, cancellation);
            using var threads = new ValidationThreads();
            var proofs = new ProofVerifier();
            var committed = await CommittedChain.Open(rules, store, proofs, TimeProvider.System, cancellation);
            var (done, failure, seconds) =
                await Import(
                new ChainImporter(committed, proofs, threads), committed, input, Rest(first, records, cancellation), cancellation);
            if (failure is not null)
                Console.Error.WriteLine($"chia: {Printable.Escape($"{path}: {failure}")}");
            isKept |= failure is null || done.Imported > 0;
            var tip = committed.State.HeaviestTip!;
            new ResultLine()
                .With("imported", done.Imported)
                .With("height", tip.Height)
                .With("tip", tip.HeaderHash)
                .With("weight", tip.TotalWeight)
                .With("seconds", seconds)
                .With("blocks_per_second", done.Imported / Math.Max(seconds, 1e-9))
                .Print(json);
            return failure is null ? 0 : DbCommand.FailedExitCode;
        }
        finally
        {
            if (!isKept)
                await chosen.Place.Remove(chosen.Node, CancellationToken.None);
        }
    }

    private static async Task<(ImportProgress Done, string? Failure, double Seconds)> Import(
        ChainImporter importer, CommittedChain committed, Stream input, IAsyncEnumerable<ArchiveRecord> records,
        CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        using var progress = new ProgressView("importing", "MB", input.CanSeek ? input.Length / 1e6 : 0);
        var done = new ImportProgress(0, 0, 0);
        var report = new SyncProgress<ImportProgress>(p =>
        {
            done = p;
            progress.Report(p.Bytes / 1e6, $"height {committed.State.HeaviestTip!.Height}, {Rate(p.Imported, started)} blocks/s");
        });
        try
        {
            return (await importer.Import(records, report, cancellation), null, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        catch (ImportException error)
        {
            return (error.Done, error.Message, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
    }

    /// <summary>The first record, before anything is made: a chain that begins with another block is another network's.</summary>
    private static async Task<ArchiveRecord?> First(IAsyncEnumerator<ArchiveRecord> records, string path, ChosenStore chosen)
    {
        try
        {
            if (!await records.MoveNextAsync())
                return null;
        }
        catch (ArchiveFormatException error)
        {
            throw new UserException($"{path}: {error.Message}", DbCommand.FailedExitCode);
        }

        var isBlock = StreamableExtensions.TryDecode<FullBlock>(records.Current.Bytes, out var block) == StreamableError.None;
        if (isBlock && block!.Height == 0 && block.HeaderHash() is var genesis && genesis != chosen.Identity.GenesisHash)
        {
            throw new UserException(
                $"{path} begins with block {genesis}, which is not the genesis of {chosen.Identity}: name the file of its network with --network");
        }

        return records.Current;
    }

    private static async IAsyncEnumerable<ArchiveRecord> Rest(
        ArchiveRecord? first, IAsyncEnumerator<ArchiveRecord> records, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (first is not { } record)
            yield break;
        yield return record;
        while (await records.MoveNextAsync())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return records.Current;
        }
    }

    /// <summary>A file, a pipe, or standard input as <c>-</c>.</summary>
    private static Stream OpenInput(string file)
    {
        try
        {
            return file == "-"
                ? StandardStreams.OpenInput()
                : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"cannot read {file}: {FileFault.OfFile(file, error)}");
        }
    }

    private static string Rate(long count, long started) =>
        (count / Math.Max(Stopwatch.GetElapsedTime(started).TotalSeconds, 1e-9)).ToString("F1", CultureInfo.InvariantCulture);
}
