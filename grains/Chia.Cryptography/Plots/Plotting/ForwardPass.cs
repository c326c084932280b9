namespace Chia.Cryptography.Plots;

/// <summary>
/// Phase 1 (POSPACE.md 8.1, step 1): tables 1 … 7. Partitions are matched a few at a time, one a thread, in order, while the next ones
/// are sorted; each new entry goes to the partition of its y in the next table. Entries of a partition arrive in the order of their
/// children, so that a stable sort by y alone gives the order by (y, position, offset).
/// </summary>
internal sealed class ForwardPass
{
    private readonly PlotJob _job;
    private readonly PlotShape _shape;
    private readonly PlotTables _tables;
    private readonly ScatterPass _scatter;
    private readonly PartitionMatcher[] _matchers;

    // Those being matched, the one behind them, and those that are matched next, each in the place of its number modulo the length.
    private readonly SortedPartition[] _window;

    /// <summary>Prepares the phase.</summary>
    public ForwardPass(PlotJob job, PlotTables tables)
    {
        _job = job;
        _shape = job.Shape;
        _tables = tables;
        _scatter = new ScatterPass(job);
        _matchers = Make(job.Threads, _ => new PartitionMatcher(job.Functions, job.Shape));
        _window = Make((2 * job.Threads) + 1, _ => new SortedPartition(job.Shape));
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
            _scatter.Step(
                lists, Math.Min(_job.Threads, runs - first),
                (i, batch) => _matchers[i].MakeInputs((uint)(first + i) * (ulong)run, run, batch));
        }

        _scatter.Finish(lists);
        return lists;
    }

    private ChunkList[] Advance(int table, ChunkList[] source)
    {
        var next = Lists(table + 1);
        var bases = PlotTables.Sums(source);
        var expected = (int)Math.Min(bases[^1] / _shape.Partitions * 9 / 8, 1 << PlotShape.PlaceBits);
        _tables.Bases[table] = bases;
        var loaded = Math.Min(_job.Threads + 1, _shape.Partitions);
        _job.Parallel(loaded, p => Load(table, source, p));
        for (var first = 0; first < _shape.Partitions; first += _job.Threads)
        {
            _job.Report(PlotPhase.Forward, table + 1, first, _shape.Partitions);
            var (count, from) = (Math.Min(_job.Threads, _shape.Partitions - first), loaded);
            loaded = Math.Min(loaded + _job.Threads, _shape.Partitions);
            _scatter.Step(
                next, count,
                (i, batch) =>
                {
                    batch.Reset(ForwardRecord.Bytes(_shape, table + 1), expected);
                    Match(table + 1, first + i, batch);
                },
                loaded - from, i => Load(table, source, from + i));
        }

        _scatter.Finish(next);
        return next;
    }

    // The records of a table that come from one partition of the table below.
    private void Match(int table, int partition, ScatterBatch batch) => _matchers[partition % _job.Threads].Match(
        table, partition, _tables.Bases[table - 1][partition], At(partition),
        partition + 1 < _shape.Partitions ? At(partition + 1) : null, batch);

    private SortedPartition At(int partition) => _window[partition % _window.Length];

    private void Load(int table, ChunkList[] source, int partition) => At(partition).Load(
        table, source[partition], table == 1 ? _tables.Inputs[partition] : _tables.Links[table][partition]);

    private ChunkList[] Lists(int table) => PlotTables.MakeLists(_job.Store, _shape.Partitions, ForwardRecord.Bytes(_shape, table));

    private static T[] Make<T>(int count, Func<int, T> make) => [.. Enumerable.Range(0, count).Select(make)];
}
