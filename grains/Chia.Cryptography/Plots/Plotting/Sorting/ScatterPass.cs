namespace Chia.Cryptography.Plots;

/// <summary>
/// Fills lists in steps, without a thread waiting for another between filling batches and appending them: while those of a step are
/// filled, those of the step before go to their lists, in order.
/// </summary>
internal sealed class ScatterPass
{
    private readonly PlotJob _job;
    private ScatterBatch[] _filling;
    private ScatterBatch[] _filled;
    private int _filledCount;

    /// <summary>Prepares passes over as many lists as there are partitions, of one batch a thread and step.</summary>
    public ScatterPass(PlotJob job)
    {
        _job = job;
        _filling = MakeBatches(job);
        _filled = MakeBatches(job);
    }

    /// <summary>One step.</summary>
    /// <param name="lists">What receives the records, now or in the next step.</param>
    /// <param name="count">Batches to fill, one a thread at the most.</param>
    /// <param name="fill">Fills one.</param>
    /// <param name="others">Other work for the same threads.</param>
    /// <param name="other">Does a part of it.</param>
    public void Step(ChunkList[] lists, int count, Action<int, ScatterBatch> fill, int others = 0, Action<int>? other = null)
    {
        var filled = _filled.AsMemory(0, _filledCount);
        var commits = filled.IsEmpty ? 0 : _filled[0].Parts;
        _job.Parallel(count + commits + others, i =>
        {
            if (i < count)
                fill(i, _filling[i]);
            else if (i < count + commits)
                Commit(filled.Span, i - count, lists);
            else
                other!(i - count - commits);
        });
        (_filling, _filled, _filledCount) = (_filled, _filling, count);
    }

    /// <summary>Appends what the last step has filled.</summary>
    public void Finish(ChunkList[] lists) => Step(lists, 0, (_, _) => { });

    private static void Commit(ReadOnlySpan<ScatterBatch> batches, int part, ChunkList[] lists)
    {
        foreach (var batch in batches)
            batch.Commit(part, lists);
    }

    private static ScatterBatch[] MakeBatches(PlotJob job) =>
        [.. Enumerable.Range(0, job.Threads).Select(_ => new ScatterBatch(job.Shape.Partitions, job.Threads))];
}
