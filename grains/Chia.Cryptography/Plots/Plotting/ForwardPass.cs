namespace Chia.Cryptography.Plots;

/// <summary>
/// Phase 1 (POSPACE.md 8.1, step 1): tables 1 … 7. Partitions are sorted and matched a few at a time, one a thread, in order; each
/// new entry goes to the partition of its y in the next table. Entries of a partition arrive in the order of their children, so that a
/// stable sort by y alone gives the order by (y, position, offset).
/// </summary>
internal sealed class ForwardPass
{
    private readonly PlotJob _job;
    private readonly PlotShape _shape;
    private readonly PlotTables _tables;
    private readonly ScatterBatch[] _batches;
    private readonly PartitionMatcher[] _matchers;

    // Those being matched, and the one behind them.
    private readonly SortedPartition[] _window;

    /// <summary>Prepares the phase.</summary>
    public ForwardPass(PlotJob job, PlotTables tables)
    {
        _job = job;
        _shape = job.Shape;
        _tables = tables;
        _batches = Make(job.Threads, _ => new ScatterBatch(job.Shape.Partitions, job.Threads));
        _matchers = Make(job.Threads, _ => new PartitionMatcher(job.Functions, job.Shape));
        _window = Make(job.Threads + 1, _ => new SortedPartition(job.Shape));
    }

    /// <summary>Runs the phase.</summary>
    public void Run()
    {
        var lists = MakeInputs();
        for (var table = 1; table < PlotConstants.Tables; table++)
            lists = Advance(table, lists);
        foreach (var list in lists)
            list.Complete();
        _tables.Last = lists;
    }

    // All f1(x): a run of x for each thread at a time.
    private ChunkList[] MakeInputs()
    {
        const int run = 1 << 14;
        var lists = Lists(1);
        var runs = (int)((1L << _shape.K) / run);
        for (var first = 0; first < runs; first += _job.Threads)
        {
            _job.Report(PlotPhase.Forward, 1, first, runs);
            var count = Math.Min(_job.Threads, runs - first);
            _job.Parallel(count, i => _matchers[i].MakeInputs((uint)(first + i) * (ulong)run, run, _batches[i]));
            Commit(count, lists);
        }

        return lists;
    }

    private ChunkList[] Advance(int table, ChunkList[] source)
    {
        var next = Lists(table + 1);
        var bases = PlotTables.Sums(source);
        var expected = (int)Math.Min(bases[^1] / _shape.Partitions * 9 / 8, 1 << PlotShape.PlaceBits);
        _tables.Bases[table] = bases;
        Load(table, source, 0, _window[0]);
        for (var first = 0; first < _shape.Partitions; first += _job.Threads)
        {
            _job.Report(PlotPhase.Forward, table + 1, first, _shape.Partitions);
            var count = Math.Min(_job.Threads, _shape.Partitions - first);
            _job.Parallel(count, i =>
            {
                if (first + i + 1 < _shape.Partitions)
                    Load(table, source, first + i + 1, _window[i + 1]);
            });
            _job.Parallel(count, i =>
            {
                _batches[i].Reset(ForwardRecord.Bytes(_shape, table + 1), expected);
                var right = first + i + 1 < _shape.Partitions ? _window[i + 1] : null;
                _matchers[i].Match(table + 1, first + i, bases[first + i], _window[i], right, _batches[i]);
            });
            Commit(count, next);
            (_window[0], _window[count]) = (_window[count], _window[0]);
        }

        return next;
    }

    private void Load(int table, ChunkList[] source, int partition, SortedPartition target) =>
        target.Load(table, source[partition], table == 1 ? _tables.Inputs[partition] : _tables.Links[table][partition]);

    private void Commit(int count, ChunkList[] lists) => ScatterBatch.Commit(_batches.AsMemory(0, count), lists, _job);

    private ChunkList[] Lists(int table) => PlotTables.MakeLists(_job.Store, _shape.Partitions, ForwardRecord.Bytes(_shape, table));

    private static T[] Make<T>(int count, Func<int, T> make) => [.. Enumerable.Range(0, count).Select(make)];
}
