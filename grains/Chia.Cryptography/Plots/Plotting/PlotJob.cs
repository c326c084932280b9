using System.Runtime.ExceptionServices;

namespace Chia.Cryptography.Plots;

/// <summary>What the phases of one plotting share.</summary>
/// <param name="Functions">f1 … f7.</param>
/// <param name="Shape">The partitions.</param>
/// <param name="Store">Where tables live.</param>
/// <param name="Options">Threads and cancellation.</param>
/// <param name="Progress">Whom to tell, if anyone.</param>
internal sealed record PlotJob(
    PlotFunctions Functions, PlotShape Shape, ChunkStore Store, ParallelOptions Options, IProgress<PlotProgress>? Progress)
{
    /// <summary>Threads, and so partitions that are worked on at once.</summary>
    public int Threads => Options.MaxDegreeOfParallelism;

    /// <summary>Tells how far the work is, and stops it if that is wanted.</summary>
    public void Report(PlotPhase phase, int table, int done, int total)
    {
        Options.CancellationToken.ThrowIfCancellationRequested();
        Progress?.Report(new PlotProgress(phase, table, done, total));
    }

    /// <summary>
    /// Runs one action for each of a few places, on the job's threads; an error comes out as it was thrown. Each thread takes the next
    /// place as soon as it is done with one, so long work goes first and short work fills the end.
    /// </summary>
    public void Parallel(int count, Action<int> action) => Parallel(count, Threads, (_, place) => action(place));

    /// <summary>The same, for work that wants to know which of the workers does it: each is one thread at a time.</summary>
    /// <param name="count">Places.</param>
    /// <param name="workers">Workers at the most, numbered from 0.</param>
    /// <param name="action">Does the work of a worker at a place.</param>
    public void Parallel(int count, int workers, Action<int, int> action)
    {
        var next = -1;
        void Take(int worker)
        {
            for (int place; (place = Interlocked.Increment(ref next)) < count;)
                action(worker, place);
        }

        workers = Math.Min(count, workers);
        if (workers <= 1)
        {
            Take(0);
            return;
        }

        try
        {
            System.Threading.Tasks.Parallel.For(0, workers, Options, Take);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
