using System.CommandLine;
using Chia.Consensus.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Silo.Commands.Options;
using Chia.Silo.Views;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;

namespace Chia.Silo.Commands.Stores;

/// <summary><c>chia db …</c>: the block store of a node, in its folder or in a cluster's database (CLUSTER 4).</summary>
internal static class DbCommand
{
    /// <summary>What was asked was looked at, and the answer is no.</summary>
    public const int FailedExitCode = 1;

    /// <summary>Faults that a person is told one by one: a screen. A table that is lost is a fault of every block.</summary>
    private const int FaultsTold = 20;

    public static Command Create() =>
        new("db", "The block store: import, export, verify, rewind, backup, stats.")
        {
            DbImportCommand.Create(), DbExportCommand.Create(), Verify(), Rewind(), Backup(), Stats(),
        };

    private static Command Verify() => Of(
        "verify",
        "Reads every block and compares it with the index; names the last good height. Signatures and proofs are not verified again.",
        async (store, json, cancellation) =>
        {
            await using var reader = store.Place.OpenDamaged(store.Node, store.Identity);
            using var view = new ProgressView("verifying", "blocks", 0);
            var report = await StoreVerifier.Verify(
                reader,
                store.Network is null ? null : RulesOf(store.Network),
                new SyncProgress<StoreProgress>(p => view.Report(p.Done, "", p.Total)),
                cancellation);
            view.Dispose();
            if (store.Network is null)
                report =
                    report with
                    {
                        NotCovered = [
                    .. report.NotCovered, $"the rules of {store.Identity}: no file here tells them; name it with --network"]
                    };
            Print(report, store.Place.Location, json);
            return report.IsSound ? 0 : FailedExitCode;
        });

    private static Func<FullBlock, string?> RulesOf(NetworkDefinition network) =>
        block => StoredCopies.FindFault(network.Constants, block);

    private static void Print(VerifyReport report, string location, bool json)
    {
        if (!json)
        {
            foreach (var fault in report.Faults.Take(FaultsTold))
                Console.Error.WriteLine($"chia: {Printable.Escape($"{fault}")}");
            if (report.Faults.Count > FaultsTold)
                Console.Error.WriteLine($"chia: and {report.Faults.Count - FaultsTold} faults more: --json names all");
            foreach (var part in report.NotCovered)
                Console.Error.WriteLine($"chia: not covered: {Printable.Escape(part)}");
        }

        var line = new ResultLine()
            .With("blocks", report.Blocks)
            .With("height", report.Height)
            .With("tip", report.Tip)
            .With("last_good_height", report.LastGoodHeight ?? (object?)(json ? null : "none"))
            .With("faults", json ? report.Faults.Select(f => $"{f}") : report.Faults.Count);
        (json ? line.With("not_covered", report.NotCovered) : line).Print(json);
        if (report.IsSound || json)
            return;
        Console.Error.WriteLine($"chia: {Advice(report, location)}");
    }

    /// <summary>What to do about faults.</summary>
    internal static string Advice(VerifyReport report, string location) => report switch
    {
        { KeepsFromRewind: true } => "no rewind helps before what is said of the medium is mended; then verify again",
        { LastGoodHeight: { } last } => $"go back with: chia db rewind {last}",
        _ => $"nothing of it can be kept: {StoreRemedy.StartOver(location)}",
    };

    private static Command Rewind()
    {
        var height = new Argument<uint>("HEIGHT") { Description = "The new greatest height." };
        return Of(
            "rewind",
            "Goes back to a height of the heaviest chain; what is above is dropped.",
            async (store, parsed, json, cancellation) =>
            {
                using var view = new ProgressView("checking what stays", "blocks", 0);
                var result = await store.Place.Rewind(
                    store.Node, store.Identity, parsed.GetRequiredValue(height), store.Rules.Constants.NumberOfHeads,
                    new SyncProgress<StoreProgress>(p => view.Report(p.Done, "", p.Total)), cancellation);
                view.Dispose();
                var line = new ResultLine().With("removed", result.Removed).With("height", result.Height).With("tip", result.Tip)
                    .With("weight", result.Weight);
                (json ? line.With("kept_aside", result.KeptAside) : line).Print(json);
                if (result.KeptAside is { } aside && !json)
                    Console.Error.WriteLine(
                        $"chia: the store was damaged: a new one was made of what is good in it; the old one is {aside}");
                return 0;
            },
            height);
    }

    private static Command Backup()
    {
        var file = new Argument<string>("FILE") { Description = "File to write; it must not exist." };
        return Of(
            "backup",
            "Copies the store, of a running node too, to a SQLite file that is a store itself.",
            async (store, parsed, json, cancellation) =>
            {
                var path = parsed.GetRequiredValue(file);
                using var view = new ProgressView("copying", "parts", 0);
                var bytes = await store.Place.Backup(
                    store.Node, store.Identity, path, new SyncProgress<StoreProgress>(p => view.Report(p.Done, "", p.Total)),
                    cancellation);
                view.Dispose();
                new ResultLine().With("bytes", bytes).With("file", path).Print(json);
                return 0;
            },
            file);
    }

    private static Command Stats() => Of(
        "stats",
        "What the store holds and how large it is.",
        async (store, json, cancellation) =>
        {
            await using var reader = await store.OpenReader(cancellation);
            var summary = await reader.GetSummary(cancellation);
            var size = await store.Place.GetSize(store.Node, cancellation);
            var line = new ResultLine()
                .With("blocks", summary.Blocks)
                .With("height", summary.Tips.Select(t => (uint?)t.Height).Max())
                .With("tips", summary.Tips.Count)
                .With("indexed_height", summary.IndexedHeight)
                .With("sync_blocks", summary.SyncBlocks)
                .With("bytes", size.Bytes)
                .With("log_bytes", size.LogBytes)
                .With("bytes_per_block", summary.Blocks == 0 ? 0 : size.Bytes / summary.Blocks)
                .With("network", store.Identity.NetworkId);
            (json ? line.With("genesis", store.Identity.GenesisHash).With("location", store.Place.Location) : line).Print(json);
            return 0;
        });

    private static Command Of(string name, string description, Func<ChosenStore, bool, CancellationToken, Task<int>> run) =>
        Of(name, description, (store, _, json, cancellation) => run(store, json, cancellation));

    /// <summary>A command about a store that is there.</summary>
    internal static Command Of(
        string name, string description, Func<ChosenStore, ParseResult, bool, CancellationToken, Task<int>> run,
        params Argument[] arguments)
    {
        var (options, json) = (new StoreOptions(), CommonOptions.Json());
        var command = new Command(name, description);
        foreach (var argument in arguments)
            command.Add(argument);
        options.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var store = await options.FindExisting(parsed, cancellation);
            return await run(store, parsed, parsed.GetValue(json), cancellation);
        });
        return command;
    }
}
