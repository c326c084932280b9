using System.Globalization;
using Chia.Silo.Rpc;
using Spectre.Console;

namespace Chia.Silo.Simulation;

/// <summary>What a simulation is doing: a table that is redrawn on a terminal, plain lines elsewhere (only when something changed).</summary>
internal sealed class LiveView
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(1);

    private readonly Func<Task<IReadOnlyList<(string Name, NodeStatus? Status)>>> _read;
    private readonly Dictionary<string, string> _last = [];

    public LiveView(Func<Task<IReadOnlyList<(string Name, NodeStatus? Status)>>> read) => _read = read;

    /// <summary>Shows until told to stop, or until <paramref name="isDone"/> says so of what was just shown.</summary>
    public async Task Run(Func<IReadOnlyList<(string Name, NodeStatus? Status)>, bool> isDone, CancellationToken stopping)
    {
        if (Console.IsOutputRedirected)
        {
            await Loop(PlainInterval, isDone, PrintLines, stopping);
            return;
        }

        await AnsiConsole.Live(new Text("starting …")).StartAsync(context => Loop(TerminalInterval, isDone, nodes =>
        {
            context.UpdateTarget(Draw(nodes));
            context.Refresh();
        }, stopping));
    }

    private async Task Loop(
        TimeSpan interval,
        Func<IReadOnlyList<(string Name, NodeStatus? Status)>, bool> isDone,
        Action<IReadOnlyList<(string Name, NodeStatus? Status)>> show,
        CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var nodes = await _read();
            show(nodes);
            if (isDone(nodes))
                return;
            await Task.Delay(interval, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void PrintLines(IReadOnlyList<(string Name, NodeStatus? Status)> nodes)
    {
        foreach (var (name, status) in nodes)
        {
            var line = status is null
                ? $"{name}: stopped"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: {StatusWord(status)} height={status.Height} weight={status.Weight} tip={Short(status.Tip)} peers={status.Peers.Count} blocks_per_second={status.Rates.BlocksPerSecond:0.0}");
            if (_last.GetValueOrDefault(name) == line)
                continue;
            _last[name] = line;
            Console.Out.WriteLine(line);
        }
    }

    private static Rows Draw(IReadOnlyList<(string Name, NodeStatus? Status)> nodes)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumns("node", "status", "height", "weight", "tip", "peers", "blocks/s");
        foreach (var (name, status) in nodes)
        {
            if (status is null)
            {
                table.AddRow(name, "[red]stopped[/]", "", "", "", "", "");
                continue;
            }

            table.AddRow(
                name,
                Markup.Escape(status.Status),
                Number(status.Height),
                Number(status.Weight),
                Short(status.Tip),
                Number((ulong)status.Peers.Count),
                status.Rates.BlocksPerSecond.ToString("0.0", CultureInfo.InvariantCulture));
        }

        return new Rows(table, new Markup("[grey]Ctrl-C stops[/]"));
    }

    /// <summary>Without the age of the tip, which would make every line new.</summary>
    private static string StatusWord(NodeStatus status) =>
        status.Status.StartsWith("synced", StringComparison.Ordinal) ? "synced" : status.Status;

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
