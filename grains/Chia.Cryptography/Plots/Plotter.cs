using Microsoft.Win32.SafeHandles;

namespace Chia.Cryptography.Plots;

/// <summary>
/// Makes plot files (POSPACE.md 8): byte for byte what the reference's plotter makes of the same id and memo, except for the rare
/// parks of one entry that the reference forgets (8.5), whatever the number of threads and the memory.
/// </summary>
public static class Plotter
{
    /// <summary>What a file is called while it is made; an unfinished one of an earlier run is replaced.</summary>
    public const string TemporarySuffix = ".tmp";

    private const string SpillSuffix = ".spill" + TemporarySuffix;

    /// <summary>Makes a plot. The file appears under its name when it is complete; until then, and after a failure, it does not
    /// exist.</summary>
    /// <param name="parameters">What to plot.</param>
    /// <param name="path">The file to make; must not exist.</param>
    /// <param name="progress">Told about every step, on the calling thread; may be null.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second, and removes what has been written.</param>
    /// <exception cref="ArgumentException">k, memo or threads are out of range.</exception>
    /// <exception cref="IOException">The file exists already or cannot be written, or the disk is full.</exception>
    /// <exception cref="PlottingException">The id cannot be plotted.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PlotSummary Create(
        PlotParameters parameters, string path, IProgress<PlotProgress>? progress = null, CancellationToken cancellation = default)
    {
        Check(parameters);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
            throw new IOException($"the plot file {path} exists already; remove it first, or choose another name");

        PlotSpace.ThrowIfShort(path, parameters.ExpectedDiskBytes, PlotSpace.Available(path));
        var temporary = path + TemporarySuffix;
        // Outside the try: if another plotter holds the file, it is not ours to delete.
        var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        try
        {
            PlotSummary summary;
            using (file)
                summary = Write(parameters, path, file, progress, cancellation);
            File.Move(temporary, path);
            return summary;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static PlotSummary Write(
        PlotParameters parameters, string path, SafeFileHandle file, IProgress<PlotProgress>? progress, CancellationToken cancellation)
    {
        var k = parameters.K;
        var shape = new PlotShape(k);
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = parameters.Threads == 0 ? Environment.ProcessorCount : parameters.Threads,
            CancellationToken = cancellation,
        };
        using var store = new ChunkStore(path + SpillSuffix, StoreLimit(parameters, shape, options.MaxDegreeOfParallelism));
        var job = new PlotJob(new PlotFunctions(parameters.PlotId, k), shape, store, options, progress);
        var tables = new PlotTables(shape, store);
        var header = new PlotHeader(parameters.PlotId, k, parameters.Memo, new long[PlotLayout.Pointers]);
        using var writer = new PlotFileWriter(job, file, header);

        new ForwardPass(job, tables).Run();
        new BackwardPass(job, tables).Run();
        var entries = new CompressPass(job, tables, writer).Run();
        new CheckpointPass(job, writer).Run(entries);
        return new PlotSummary(writer.Length, writer.Entries, store.SpilledBytes);
    }

    // What the tables may keep in memory: the limit without the marks of the backward phase and the buffers of the threads.
    private static long StoreLimit(PlotParameters parameters, PlotShape shape, int threads)
    {
        const int bytesPerEntryOfAPartition = 250;
        var limit = parameters.MemoryLimitBytes == 0 ? PlotParameters.DefaultMemoryLimitBytes : parameters.MemoryLimitBytes;
        var entries = 1L << parameters.K;
        var marks = 5 * entries / 8;
        var maps = Math.Min(BackwardPass.MostMaps, (threads - 1) * entries / 8);
        var partitions = (threads + 1L) * (entries / shape.Partitions) * bytesPerEntryOfAPartition;
        return Math.Max(0, limit - marks - maps - partitions);
    }

    private static void Check(PlotParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.K is < PlotParameters.MinK or > PlotParameters.MaxK)
            throw new ArgumentException($"k is {parameters.K}, not {PlotParameters.MinK} to {PlotParameters.MaxK}", nameof(parameters));
        if (parameters.Memo.Length > PlotParameters.MaxMemoLength)
            throw new ArgumentException(
                $"the memo has {parameters.Memo.Length} bytes, more than {PlotParameters.MaxMemoLength}", nameof(parameters));
        if (parameters.Threads < 0 || parameters.MemoryLimitBytes < 0)
            throw new ArgumentException("threads and memory limit must not be negative", nameof(parameters));
    }
}

/// <summary>A finished plot.</summary>
/// <param name="FileBytes">Its length in bytes.</param>
/// <param name="Entries">Entries of P1 … P7; the last is the number of proofs it holds.</param>
/// <param name="SpilledBytes">The largest size of the temporary file; 0 if memory was enough.</param>
public sealed record PlotSummary(long FileBytes, IReadOnlyList<long> Entries, long SpilledBytes);

/// <summary>
/// This plot id cannot be plotted: its tables have a shape that the file cannot hold. For honest ids this does not happen;
/// the remedy is another plot key.
/// </summary>
/// <param name="message">What does not fit.</param>
public sealed class PlottingException(string message) : Exception(message);
