using System.CommandLine;
using Chia.Silo.Views;
using Chia.Storage.Files;
using Chia.Storage.Maintenance;

namespace Chia.Silo.Commands.Stores;

/// <summary><c>chia db export</c>: blocks for another node, or as a table for other programs.</summary>
internal static class DbExportCommand
{
    private const string Binary = "bin";
    private const string JsonLines = "jsonl";
    private const string Csv = "csv";
    private const string StandardOutput = "-";

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "File to write, which must not exist; - is standard output." };
        var format = new Option<string>("--format")
        {
            Description = "Blocks for db import, or a table with a row for each.",
            DefaultValueFactory = _ => Binary,
        };
        format.AcceptOnlyFromAmong(Binary, JsonLines, Csv);
        var from = new Option<uint>("--from") { Description = "First height.", HelpName = "HEIGHT" };
        var to = new Option<uint?>("--to") { Description = "Last height; the greatest by default.", HelpName = "HEIGHT" };
        var branches = new Option<bool>("--all-branches") { Description = "Every stored block, not the chain of the heaviest tip only." };
        var command = DbCommand.Of(
            "export",
            "Writes the chain of the heaviest tip, or all that is stored.",
            async (store, parsed, json, cancellation) =>
            {
                var path = parsed.GetRequiredValue(file);
                if (path == StandardOutput && json)
                    throw new UserException("--json goes with a file: standard output has the blocks (--format jsonl writes them as JSON)");
                var range = new ExportRange(parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(branches));
                await using var reader = await store.OpenReader(cancellation);
                using var view = new ProgressView("exporting, height", "", range.To ?? 0);
                var progress = new SyncProgress<uint>(height => view.Report(height, ""));
                var count = await Write(path, async output => parsed.GetRequiredValue(format) switch
                {
                    Csv => await BlockTable.Write(reader, output, BlockTableFormat.Csv, range, progress, cancellation),
                    JsonLines => await BlockTable.Write(reader, output, BlockTableFormat.JsonLines, range, progress, cancellation),
                    _ => await BlockArchive.Export(reader, output, range, progress, cancellation),
                });
                view.Dispose();
                if (path != StandardOutput)
                    new ResultLine().With("exported", count).With("file", path).Print(json);
                return 0;
            },
            file);
        foreach (var option in new Option[] { format, from, to, branches })
            command.Add(option);
        return command;
    }

    /// <summary>A file that is there afterwards as a whole or not at all; what goes to standard output is gone.</summary>
    private static async Task<int> Write(string path, Func<Stream, Task<int>> write)
    {
        if (path == StandardOutput)
        {
            await using var standard = new BufferedStream(StandardStreams.OpenOutput(), 1 << 16);
            return await write(standard);
        }

        await using var output = CreateOutput(path);
        try
        {
            return await write(output);
        }
        catch
        {
            File.Delete(path);
            throw;
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
            throw new UserException($"cannot write {file}: {FileFault.OfFile(file, error)}");
        }
    }
}
