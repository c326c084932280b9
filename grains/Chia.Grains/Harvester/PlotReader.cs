using Chia.Protocol.Primitives;

namespace Chia.Grains.Harvester;

/// <summary>
/// Reads plots, each folder on threads of its own, and waits for none longer than its answer is of use. A plot that has not answered is
/// asked nothing more until it has: what waits for a dead drive does not grow.
/// </summary>
/// <param name="threads">Where files are read.</param>
/// <param name="time">For deadlines.</param>
/// <param name="complain">Is told of a plot that does not answer, once until it does, and how long.</param>
internal sealed class PlotReader(HarvesterThreads threads, TimeProvider time, Action<OpenPlot, TimeSpan> complain)
{
    /// <summary>A farmer's handshake waits so long for plots to open; those that take longer follow.</summary>
    public static readonly TimeSpan OpenDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Blocks come every few minutes: a drive that sleeps may take its ten seconds to wake up.</summary>
    public static readonly TimeSpan ReadDeadline = TimeSpan.FromSeconds(20);

    /// <summary>Opens a plot, if its file is there, and closes it, if that has gone.</summary>
    public Task EnsureOpen(OpenPlot plot) => Read(plot, p => p.EnsureOpen(), OpenDeadline, isUrgent: false, otherwise: false);

    /// <summary>Qualities for a challenge; empty if the plot fails or does not answer.</summary>
    public Task<IReadOnlyList<Bytes32>> GetQualities(OpenPlot plot, Bytes32 challenge) =>
        Read(plot, p => p.GetQualities(challenge), ReadDeadline, isUrgent: false, otherwise: []);

    /// <summary>A full proof; null if the plot fails, has none or does not answer.</summary>
    public Task<ByteString?> GetProof(OpenPlot plot, Bytes32 challenge, int index) =>
        Read(plot, p => p.GetProof(challenge, index), ReadDeadline, isUrgent: true, otherwise: null);

    /// <summary>What is wrong with a plot, for displays; null if nothing.</summary>
    public string? Fault(OpenPlot plot) => Silence(plot) is { } silence ? Describe(plot, silence) : plot.Fault;

    /// <summary>What is said of a plot that does not answer.</summary>
    public static string Describe(OpenPlot plot, TimeSpan silence) =>
        $"has not answered for {silence.TotalSeconds:0} s: is the drive of {Path.GetDirectoryName(plot.Entry.Path)} well?";

    private TimeSpan? Silence(OpenPlot plot) => plot.Pending.Silence(time) is { } silence && silence >= OpenDeadline ? silence : null;

    private async Task<T> Read<T>(OpenPlot plot, Func<OpenPlot, T> read, TimeSpan deadline, bool isUrgent, T otherwise)
    {
        if (Silence(plot) is { } silence)
        {
            Complain(plot, silence);
            return otherwise;
        }

        plot.Pending.Begin(time);
        var reading = threads.ForFolderOf(plot.Entry.Path).Run(
            () =>
            {
                try
                {
                    return read(plot);
                }
                finally
                {
                    plot.Pending.End(time);
                }
            },
            isUrgent);
        try
        {
            return await reading.WaitAsync(deadline, time);
        }
        catch (TimeoutException)
        {
            if (Silence(plot) is { } now)
                Complain(plot, now);
            return otherwise;
        }
    }

    private void Complain(OpenPlot plot, TimeSpan silence)
    {
        if (plot.Pending.MayComplain())
            complain(plot, silence);
    }
}

/// <summary>Work on a plot that has not ended, and since when nothing has. Safe from any thread.</summary>
internal sealed class PendingReads
{
    private readonly Lock _lock = new();
    private int _count;
    private long _since;
    private bool _hasComplained;

    public void Begin(TimeProvider time)
    {
        lock (_lock)
        {
            if (_count++ == 0)
                _since = time.GetTimestamp();
        }
    }

    public void End(TimeProvider time)
    {
        lock (_lock)
        {
            _count--;
            _since = time.GetTimestamp();
            _hasComplained = false;
        }
    }

    /// <summary>How long nothing has ended though something should; null if nothing is pending.</summary>
    public TimeSpan? Silence(TimeProvider time)
    {
        lock (_lock)
            return _count == 0 ? null : time.GetElapsedTime(_since);
    }

    /// <summary>True once until something ends.</summary>
    public bool MayComplain()
    {
        lock (_lock)
        {
            var may = !_hasComplained;
            _hasComplained = true;
            return may;
        }
    }
}
