using Chia.Protocol.Primitives;

namespace Chia.Grains.Harvester;

/// <summary>
/// The plots of a harvester: those that the list names and a farmer's pool owns (ROLES.md 4), each once, under however many names it is
/// listed. Touches no disk: opening is for <see cref="PlotReader"/>.
/// </summary>
internal sealed class PlotManager : IDisposable
{
    /// <summary>Pool keys remembered: ten farmers that tell as many as a message holds, 1 MB. Those that the list's plots belong to are
    /// never forgotten; of the others the oldest make room.</summary>
    public const int MaxPools = 10_000;

    private readonly Lock _lock = new();
    private readonly IPlotOpener _opener;
    private readonly Action<OpenPlot, string> _complain;

    /// <summary>When each was told last, in an order of its own.</summary>
    private readonly Dictionary<Bytes48, long> _pools = [];
    private long _told;
    private readonly Dictionary<Bytes32, OpenPlot> _plots = [];
    private IReadOnlyList<PlotEntry> _duplicates = [];

    /// <param name="opener">Opens files.</param>
    /// <param name="complain">Is told what is wrong with a plot; comes from any thread.</param>
    public PlotManager(IPlotOpener opener, Action<OpenPlot, string> complain)
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

    /// <summary>Entries of plots that the list names before, under another path: they are not counted.</summary>
    public IReadOnlyList<PlotEntry> Duplicates
    {
        get
        {
            lock (_lock)
                return _duplicates;
        }
    }

    /// <summary>A farmer has told its pools: there is something to harvest for.</summary>
    public bool HasPools
    {
        get
        {
            lock (_lock)
                return _pools.Count > 0;
        }
    }

    /// <summary>Takes in the list as it is now. Pools of other farmers stay welcome.</summary>
    /// <param name="entries">The list.</param>
    /// <param name="pools">Pool keys that a farmer announced.</param>
    public PlotChanges Refresh(IReadOnlyList<PlotEntry> entries, IEnumerable<Bytes48> pools)
    {
        lock (_lock)
        {
            Remember(pools, entries);
            List<OpenPlot> added = [], removed = [];
            List<PlotEntry> duplicates = [];
            var wanted = new Dictionary<Bytes32, PlotEntry>();
            foreach (var same in entries.Where(e => _pools.ContainsKey(e.PoolPublicKey)).GroupBy(e => e.PlotId()))
            {
                var chosen = Choose(same.Key, [.. same]);
                wanted.Add(same.Key, chosen);
                duplicates.AddRange(same.Where(entry => entry.Path != chosen.Path));
            }

            foreach (var (id, plot) in _plots.ToList())
            {
                if (wanted.TryGetValue(id, out var entry) && entry.Path == plot.Entry.Path)
                {
                    wanted.Remove(id);
                    continue;
                }

                _plots.Remove(id);
                plot.Dispose();
                removed.Add(plot);
            }

            foreach (var (id, entry) in wanted)
            {
                var plot = new OpenPlot(entry, _opener, _complain);
                _plots.Add(id, plot);
                added.Add(plot);
            }

            var newDuplicates = duplicates.Where(d => _duplicates.All(known => known.Path != d.Path)).ToList();
            _duplicates = duplicates;
            return new PlotChanges(added, removed, newDuplicates, [.. entries.Where(e => !_pools.ContainsKey(e.PoolPublicKey))]);
        }
    }

    private void Remember(IEnumerable<Bytes48> pools, IReadOnlyCollection<PlotEntry> entries)
    {
        foreach (var pool in pools)
            _pools[pool] = _told++;
        if (_pools.Count <= MaxPools)
            return;
        var owners = entries.Select(entry => entry.PoolPublicKey).ToHashSet();
        var strangers = _pools.Where(pool => !owners.Contains(pool.Key)).OrderBy(pool => pool.Value).Select(pool => pool.Key).ToList();
        foreach (var oldest in strangers.Take(_pools.Count - MaxPools))
            _pools.Remove(oldest);
    }

    /// <summary>Chooses which of several entries of one plot is read: at first the first; later the one in use, or the next if that has a
    /// fault.</summary>
    private PlotEntry Choose(Bytes32 id, PlotEntry[] same)
    {
        if (!_plots.TryGetValue(id, out var plot))
            return same[0];
        var at = Array.FindIndex(same, e => e.Path == plot.Entry.Path);
        return same[at >= 0 && plot.Fault is null ? at : (at + 1) % same.Length];
    }

    /// <summary>Closes the plots, and waits for no disk.</summary>
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

/// <summary>What a new list changed.</summary>
/// <param name="Added">Plots to be opened.</param>
/// <param name="Removed">Plots that are no longer listed, or lie elsewhere now; closed.</param>
/// <param name="Duplicates">Entries, not seen before, of plots that are listed under another path too.</param>
/// <param name="Foreign">Entries of pools that no farmer has announced.</param>
internal sealed record PlotChanges(
    IReadOnlyList<OpenPlot> Added, IReadOnlyList<OpenPlot> Removed, IReadOnlyList<PlotEntry> Duplicates, IReadOnlyList<PlotEntry> Foreign);
