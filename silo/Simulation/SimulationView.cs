using System.Globalization;
using Chia.GrainInterfaces.Roles;
using Chia.Silo.Status;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Chia.Silo.Simulation;

/// <summary>The network before the viewer's eyes: redrawn on a terminal, plain lines elsewhere (only what changed).</summary>
internal sealed class SimulationView
{
    private readonly Dictionary<string, string> _last = [];
    private readonly Queue<string> _notes = new();
    private readonly bool _isTerminal = !Console.IsOutputRedirected;

    /// <summary>How often it is worth being shown.</summary>
    public TimeSpan Interval => _isTerminal ? TimeSpan.FromMilliseconds(500) : TimeSpan.FromSeconds(1);

    /// <summary>Something that happened: the last few are shown, each once.</summary>
    public void Note(string what)
    {
        if (!_isTerminal)
        {
            Console.Out.WriteLine(what);
            return;
        }

        lock (_notes)
        {
            _notes.Enqueue(what);
            while (_notes.Count > 4)
                _notes.Dequeue();
        }
    }

    /// <summary>Shows snapshots until the loop ends.</summary>
    public async Task Run(Func<Action<SimulationSnapshot>, Task> loop)
    {
        if (_isTerminal)
        {
            await AnsiConsole.Live(new Text("starting …")).StartAsync(async context => await loop(snapshot =>
            {
                context.UpdateTarget(Draw(snapshot));
                context.Refresh();
            }));
        }
        else
        {
            await loop(PrintLines);
        }
    }

    private void PrintLines(SimulationSnapshot snapshot)
    {
        foreach (var block in snapshot.Newest.Reverse())
        {
            PrintNew($"block {block.Hash}", string.Create(
                CultureInfo.InvariantCulture,
                $"block: height={block.Height} hash={Short(block.Hash.ToString())} difficulty={block.Difficulty} iterations={block.Iterations} won_by={block.Winner}"));
        }

        foreach (var (name, status) in snapshot.Nodes)
        {
            PrintNew(name, status is null
                ? $"{name}: stopped"
                : string.Create(CultureInfo.InvariantCulture, $"{name}: {Word(status)} height={status.Height} weight={status.Weight} tip={Short(status.Tip ?? "")} peers={status.Peers.Count}"));
        }

        if (snapshot.Farmer?.Farmer is { } farmer)
            PrintNew("farm", string.Create(CultureInfo.InvariantCulture, $"farm: challenges={snapshot.Harvester?.Harvester?.Challenges} proofs={farmer.ProofsFound} signed={farmer.HeadersSigned} plots={snapshot.Harvester?.Harvester?.Plots}"));
    }

    private void PrintNew(string key, string line)
    {
        if (_last.GetValueOrDefault(key) == line)
            return;
        _last[key] = line;
        Console.Out.WriteLine(line);
    }

    private Rows Draw(SimulationSnapshot snapshot)
    {
        var parts = new List<IRenderable> { Nodes(snapshot), Farm(snapshot), Blocks(snapshot) };
        lock (_notes)
            parts.AddRange(_notes.Select(note => new Markup($"[grey]{Markup.Escape(note)}[/]")));
        parts.Add(new Markup("[grey]Ctrl-C stops; the next start goes on from here[/]"));
        return new Rows(parts);
    }

    private static Table Nodes(SimulationSnapshot snapshot)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("full nodes").AddColumns("node", "status", "height", "weight", "tip", "peers");
        foreach (var (name, status) in snapshot.Nodes)
        {
            if (status is null)
                table.AddRow(name, "[red]stopped[/]", "", "", "", "");
            else
                table.AddRow(name, Markup.Escape(status.Status), $"{status.Height}", $"{status.Weight}", Short(status.Tip ?? ""), $"{status.Peers.Count}");
        }

        return table;
    }

    private static Table Farm(SimulationSnapshot snapshot)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "");
        var (farmer, harvester, timelord) = (snapshot.Farmer?.Farmer, snapshot.Harvester?.Harvester, snapshot.Timelord?.Timelord);
        table.AddRow("harvester", harvester is null ? "stopped" : $"{harvester.Plots} plots, {harvester.Challenges} challenges, {harvester.Qualities} qualities, {harvester.Proofs} proofs");
        table.AddRow("farmer", farmer is null ? "stopped" : $"{farmer.ProofsFound} proofs found, {farmer.HeadersSigned} blocks handed in, challenge {Short(farmer.Challenge)}");
        table.AddRow("timelord", timelord is null ? "stopped" : Describe(timelord));
        return table;
    }

    private static string Describe(TimelordStatus timelord)
    {
        var running = timelord.Challenges.FirstOrDefault(c => c.State is TimelordChallengeState.Running or TimelordChallengeState.Ahead);
        var summary = string.Create(CultureInfo.InvariantCulture, $"{timelord.ProofsMade} proofs, {timelord.IterationsPerSecond:N0} iterations/s");
        if (running is null)
            return summary;
        var target = running.Targets.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {running.Targets[0]:N0}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{summary}, challenge {Short(running.Challenge)}: {running.Iterations:N0}{target} iterations");
    }

    private static Table Blocks(SimulationSnapshot snapshot)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("newest blocks").AddColumns("height", "hash", "difficulty", "iterations", "time (UTC)", "won by");
        foreach (var block in snapshot.Newest)
        {
            table.AddRow(
                $"{block.Height}",
                Short(block.Hash.ToString()),
                $"{block.Difficulty}",
                block.Iterations.ToString("N0", CultureInfo.InvariantCulture),
                block.Time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
                Markup.Escape(block.Winner));
        }

        return table;
    }

    /// <summary>Without the age of the tip, which would make every line new.</summary>
    private static string Word(NodeStatus status) =>
        status.State == NodeState.Synced ? "synced" : status.Status;

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
