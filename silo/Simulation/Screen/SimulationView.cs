using System.Globalization;
using Chia.Silo.Status;
using Chia.Silo.Views;

namespace Chia.Silo.Simulation.Screen;

/// <summary>
/// The network before the viewer's eyes: on a terminal's other screen, drawn anew each time and at each size, with nothing of it left
/// behind; plain lines elsewhere (only what changed).
/// </summary>
internal sealed class SimulationView
{
    private const int Notes = 40;
    private const string OtherScreen = "\e[?1049h\e[?25l";
    private const string FirstScreen = "\e[?25h\e[?1049l";

    private readonly Dictionary<string, string> _last = [];
    private readonly Queue<string> _notes = new();
    private readonly Lock _lock = new();
    private readonly SimulationSummary _summary = new(TimeProvider.System);
    private readonly bool _isTerminal = Terminal.CanSteer && Terminal.Height >= SimulationScreen.MinHeight;
    private SimulationSnapshot? _snapshot;
    private string _title = "chia simulate";
    private bool _isOpen;

    /// <summary>What it came to so far.</summary>
    public SimulationSummary Summary => _summary;

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

        lock (_lock)
        {
            _notes.Enqueue(what);
            while (_notes.Count > Notes)
                _notes.Dequeue();
        }

        if (_isOpen)
            Draw();
        else
            Terminal.RawOut.Write(Printable.Escape(what) + "\n");
    }

    /// <summary>Shows snapshots until the loop ends; then the terminal is as it was, and a summary stands on it.</summary>
    public async Task Run(string title, Func<Action<SimulationSnapshot>, Task> loop)
    {
        _title = title;
        Open();
        try
        {
            await loop(Show);
        }
        finally
        {
            Close();
        }

        foreach (var line in _summary.Lines())
            Console.Out.WriteLine(line);
    }

    private void Show(SimulationSnapshot snapshot)
    {
        _summary.Add(snapshot);
        if (!_isTerminal)
        {
            PrintLines(snapshot);
            return;
        }

        _snapshot = snapshot;
        Draw();
    }

    private void Open()
    {
        if (!_isTerminal)
            return;
        _isOpen = true;
        Terminal.RawOut.Write(OtherScreen);
        Draw();
    }

    private void Close()
    {
        if (!_isOpen)
            return;
        _isOpen = false;
        Terminal.RawOut.Write(FirstScreen);
    }

    private void Draw()
    {
        lock (_lock)
        {
            var lines = SimulationScreen.Draw(_snapshot, [.. _notes], _title, Terminal.Width, Terminal.Height);
            // Each line is erased to its end and the rest of the screen below it: nothing of a larger picture stays.
            Terminal.RawOut.Write("\e[H" + string.Join("\e[K\r\n", lines) + "\e[K\e[J");
            Terminal.RawOut.Flush();
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

        foreach (var (key, line) in snapshot.Cluster is { } cluster ? ClusterLines.Print(cluster) : [])
            PrintNew(key, line);
        foreach (var (name, status) in snapshot.Nodes)
        {
            PrintNew(name, status is null
                ? $"{name}: {(snapshot.Cluster is null ? "stopped" : "no answer")}"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: {Word(status)} height={status.Height} weight={status.Weight} tip={Short(status.Tip ?? "")} peers={status.Peers.Count}"));
        }

        if (snapshot.Farmer?.Farmer is { } farmer)
        {
            var harvester = snapshot.Harvester?.Harvester;
            PrintNew("farm", string.Create(
                CultureInfo.InvariantCulture,
                $"farm: challenges={harvester?.Challenges} proofs={farmer.ProofsFound} signed={farmer.HeadersSigned} plots={harvester?.Plots}"));
        }
    }

    private void PrintNew(string key, string line)
    {
        if (_last.GetValueOrDefault(key) == line)
            return;
        _last[key] = line;
        Console.Out.WriteLine(line);
    }

    /// <summary>Without the age of the tip, which would make every line new.</summary>
    private static string Word(NodeStatus status) => status.State == NodeState.Synced ? "synced" : status.Status;

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
