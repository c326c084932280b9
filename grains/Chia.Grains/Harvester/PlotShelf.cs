using Chia.Protocol.Primitives;

namespace Chia.Grains.Harvester;

/// <summary>The plots of a harvester: those that the list names and a farmer's pool owns, each opened once (ROLES.md 4).</summary>
internal sealed class PlotShelf : IDisposable
{
    private readonly Lock _lock = new();
    private readonly IPlotOpener _opener;
    private readonly Action<OpenPlot, string> _complain;
    private readonly HashSet<Bytes48> _pools = [];
    private readonly Dictionary<string, OpenPlot> _plots = [];

    /// <param name="opener">Opens files.</param>
    /// <param name="complain">Is told what is wrong with a plot; comes from any thread.</param>
    public PlotShelf(IPlotOpener opener, Action<OpenPlot, string> complain)
    {
        _opener = opener;
        _complain = complain;
    }

    /// <summary>The plots, those with faults included.</summary>
    public IReadOnlyList<OpenPlot> Plots
    {
        get
        {
            lock (_lock)
                return [.. _plots.Values];
        }
    }

    /// <summary>
    /// Takes in the list as it is now and opens what is new. Pools of other farmers stay welcome. Blocks on disk.
    /// </summary>
    /// <param name="entries">The list.</param>
    /// <param name="pools">Pool keys that a farmer announced.</param>
    /// <returns>Entries of pools that no farmer has announced.</returns>
    public IReadOnlyList<PlotEntry> Refresh(IReadOnlyList<PlotEntry> entries, IEnumerable<Bytes48> pools)
    {
        List<OpenPlot> added = [];
        List<PlotEntry> foreign = [];
        lock (_lock)
        {
            _pools.UnionWith(pools);
            var wanted = entries.Where(e => _pools.Contains(e.PoolPublicKey)).DistinctBy(e => e.Path).ToDictionary(e => e.Path);
            foreign.AddRange(entries.Where(e => !_pools.Contains(e.PoolPublicKey)));
            foreach (var (path, plot) in _plots.ToList())
            {
                if (wanted.TryGetValue(path, out var entry) && entry.PlotId() == plot.Entry.PlotId())
                {
                    wanted.Remove(path);
                    continue;
                }

                _plots.Remove(path);
                plot.Dispose();
            }

            foreach (var entry in wanted.Values)
            {
                var plot = new OpenPlot(entry, _opener, _complain);
                _plots.Add(entry.Path, plot);
                added.Add(plot);
            }
        }

        foreach (var plot in added)
            plot.TryOpen();
        return foreign;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var plot in _plots.Values)
                plot.Dispose();
            _plots.Clear();
        }
    }
}
