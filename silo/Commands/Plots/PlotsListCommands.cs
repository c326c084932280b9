using System.CommandLine;
using System.Text.Json;
using Chia.Grains.Harvester;
using Chia.Protocol.Primitives;
using Chia.Silo.Commands.Options;
using Chia.Silo.Keys;
using Chia.Silo.Node;
using Chia.Silo.Plots;
using Chia.Silo.Views;

namespace Chia.Silo.Commands.Plots;

/// <summary><c>chia plots add|list|remove</c>: what plots.yaml lists (OPERATIONS 2). A running harvester sees the change within 30
/// s.</summary>
internal static class PlotsListCommands
{
    public static Command Add()
    {
        var paths = Paths("Plots, or folders of them, made from the keys of this root folder.");
        var (root, json) = (new RootOptions(), CommonOptions.Json());
        var command = new Command("add", "Lists plots that are there already, in as many folders as you like.") { paths, json };
        root.AddTo(command);
        command.SetAction(parsed =>
        {
            var folder = root.Folder(parsed);
            var keys = KeysFile.ReadHarvester(NodePaths.KeysFile(folder));
            var pools = KeysFile.ReadFarmer(NodePaths.KeysFile(folder)).PoolPublicKeys;
            var list = PlotsFile.Of(folder);
            var (added, known, refused) = (0, 0, 0);
            foreach (var file in parsed.GetRequiredValue(paths).SelectMany(FilesOf))
            {
                try
                {
                    if (PlotFolders.Recognise(file, keys, pools) is not { } entry)
                        throw new IOException("made from other keys than those of this root folder");
                    if (list.Add(entry.Path, entry.PoolPublicKey, entry.PlotKey))
                        added++;
                    else
                        known += Known(list, entry);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    Console.Error.WriteLine($"chia: {file} is not added: {error.Message}");
                    refused++;
                }
            }

            new ResultLine().With("added", added).With("known", known).With("refused", refused).Print(parsed.GetValue(json));
            return refused == 0 ? 0 : 1;
        });
        return command;
    }

    public static Command List()
    {
        var (root, json) = (new RootOptions(), CommonOptions.Json());
        var command = new Command("list", "What plots.yaml lists, and whether it is there.") { json };
        root.AddTo(command);
        command.SetAction(parsed =>
        {
            var list = PlotsFile.Of(root.Path(parsed));
            var listed = Look(list.Load());
            if (parsed.GetValue(json))
                Console.Out.Write(JsonSerializer.Serialize(listed, PlotsJson.Default.ListedPlots) + Environment.NewLine);
            else
                Print(listed);
            foreach (
                var leftover in listed.Plots.Select(p => Path.GetDirectoryName(p.Path)!).Append(list.PlotRoot).Distinct()
                .SelectMany(PlotMaker.Leftovers))
                Console.Error.WriteLine($"chia: {leftover} was left by a plotter that was killed: delete it, or make its plot again");
            return listed.There == listed.Plots.Count ? 0 : 1;
        });
        return command;
    }

    private static ListedPlots Look(IReadOnlyList<PlotEntry> entries)
    {
        var seen = new HashSet<Bytes32>();
        var plots = entries.Select(entry =>
        {
            var file = new FileInfo(entry.Path);
            var state = !seen.Add(entry.PlotId())
                ? ListedPlotState.ListedTwice
                : file.Exists ? ListedPlotState.There : ListedPlotState.NotThere;
            return new ListedPlot(entry.Path, entry.PlotId().ToString(), state, file.Exists ? file.Length : 0);
        }).ToList();
        return new ListedPlots(plots, plots.Count(p => p.State == ListedPlotState.There), plots.Sum(p => p.Bytes));
    }

    private static void Print(ListedPlots listed)
    {
        foreach (var plot in listed.Plots)
        {
            var state = plot.State switch
            {
                ListedPlotState.ListedTwice => "listed twice",
                ListedPlotState.NotThere => "not there",
                _ => Amounts.Bytes(plot.Bytes),
            };
            Console.Out.WriteLine($"{plot.Path} {state}");
        }

        Console.Out.WriteLine($"plots={listed.Plots.Count} there={listed.There} size={Amounts.Bytes(listed.Bytes).Replace(" ", "", StringComparison.Ordinal)}");
    }

    public static Command Remove()
    {
        var paths = Paths("Plots by name or path, or folders of them.");
        var (root, json) = (new RootOptions(), CommonOptions.Json());
        var command = new Command("remove", "Takes plots off the list; their files stay.") { paths, json };
        root.AddTo(command);
        command.SetAction(parsed =>
        {
            var list = PlotsFile.Of(root.Folder(parsed));
            var wanted = parsed.GetRequiredValue(paths);
            var removed = list.Remove(entry => wanted.Any(path => IsMeant(entry, path)));
            foreach (var path in wanted.Where(path => !removed.Any(entry => IsMeant(entry, path))))
                Console.Error.WriteLine($"chia: no plot {path} is listed");
            new ResultLine().With("removed", removed.Count).Print(parsed.GetValue(json));
            return wanted.All(path => removed.Any(entry => IsMeant(entry, path))) ? 0 : 1;
        });
        return command;
    }

    private static Argument<string[]> Paths(string description) =>
        new("DIR|FILE") { Description = description, Arity = ArgumentArity.OneOrMore };

    private static IReadOnlyList<string> FilesOf(string path) =>
        File.Exists(path)
            ? [path]
            : Directory.Exists(path) ? PlotFolders.Files(path) : throw new UserException($"there is no file or folder {path}");

    private static bool IsMeant(PlotEntry entry, string path)
    {
        var full = Path.GetFullPath(path);
        return entry.Name == path || entry.Path == full || Path.GetDirectoryName(entry.Path) == full.TrimEnd(Path.DirectorySeparatorChar);
    }

    /// <summary>Listed already: under this path, or as a plot that lies elsewhere too.</summary>
    private static int Known(PlotsFile list, PlotEntry entry)
    {
        if (list.Find(entry.PlotId()) is { } listed && listed.Path != entry.Path)
            Console.Error.WriteLine($"chia: {entry.Path} is the same plot as {listed.Path}, which is listed: it would win nothing more");
        return 1;
    }
}
