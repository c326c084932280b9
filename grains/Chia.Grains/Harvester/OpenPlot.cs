using Chia.Protocol.Primitives;

namespace Chia.Grains.Harvester;

/// <summary>
/// A plot that is kept open. A read that fails is tried once more on a freshly opened file, since a disk may have been away; a plot that
/// still fails is reported by name and left out of this answer only. Safe from any thread.
/// </summary>
internal sealed class OpenPlot : IDisposable
{
    private readonly Lock _lock = new();
    private readonly IPlotOpener _opener;
    private readonly Action<OpenPlot, string> _complain;
    private volatile IPlot? _plot;
    private string? _complaint;
    private volatile bool _isDisposed;

    /// <param name="entry">The plot.</param>
    /// <param name="opener">Opens its file.</param>
    /// <param name="complain">Is told what is wrong, once until it is well again.</param>
    public OpenPlot(PlotEntry entry, IPlotOpener opener, Action<OpenPlot, string> complain)
    {
        Entry = entry;
        _opener = opener;
        _complain = complain;
    }

    public PlotEntry Entry { get; }

    /// <summary>k; 0 while it has never been opened.</summary>
    public byte Size { get; private set; }

    /// <summary>What is wrong with it; null if nothing.</summary>
    public string? Fault => _complaint;

    /// <summary>Work on it that has not ended.</summary>
    public PendingReads Pending { get; } = new();

    /// <summary>
    /// Opens the file if it is not open, and closes it if it has been deleted since. False, and a complaint, if there is nothing to read.
    /// </summary>
    public bool EnsureOpen()
    {
        if (_plot is not null && !_opener.Exists(Entry.Path))
            Close();
        return Use(_ => true, out _);
    }

    /// <summary>Qualities for a challenge; empty if the plot fails.</summary>
    public IReadOnlyList<Bytes32> GetQualities(Bytes32 challenge) =>
        Use(plot => plot.GetQualities(challenge), out var qualities) ? qualities! : [];

    /// <summary>A full proof; null if the plot fails or has none.</summary>
    public ByteString? GetProof(Bytes32 challenge, int index) =>
        Use(plot => plot.GetProof(challenge, index), out var proof) ? proof : null;

    /// <summary>Closes the file. If it is being opened at this moment, whoever opens it closes it: nobody waits for a disk here.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        if (!_lock.TryEnter())
            return;
        try
        {
            Close();
        }
        finally
        {
            _lock.Exit();
        }
    }

    private bool Use<T>(Func<IPlot, T> read, out T? result)
    {
        result = default;
        IPlot? used = null;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            try
            {
                used = Acquire(used);
                if (used is null)
                    return false;
                result = read(used);
                _complaint = null;
                return true;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                if (used is null || attempt > 0)
                    Complain(error.Message);
                if (used is null)
                    return false;
            }
            catch (ObjectDisposedException)
            {
                // Closed by another thread that had trouble with it, or for good.
            }
        }

        return false;
    }

    /// <summary>The open plot; a fresh one if it is the one that just failed. Null once disposed.</summary>
    private IPlot? Acquire(IPlot? failed)
    {
        lock (_lock)
        {
            if (_isDisposed)
                return null;
            if (_plot is not null && ReferenceEquals(_plot, failed))
            {
                _plot.Dispose();
                _plot = null;
            }

            _plot ??= Open();
            if (!_isDisposed)
                return _plot;
            Close();
            return null;
        }
    }

    private void Close()
    {
        lock (_lock)
        {
            _plot?.Dispose();
            _plot = null;
        }
    }

    private IPlot Open()
    {
        var plot = _opener.Open(Entry.Path);
        if (plot.PlotId != Entry.PlotId())
        {
            plot.Dispose();
            throw new IOException($"{Entry.Path} holds another plot than the keys that plots.yaml lists for it");
        }

        Size = plot.Size;
        return plot;
    }

    private void Complain(string what)
    {
        if (Interlocked.Exchange(ref _complaint, what) != what)
            _complain(this, what);
    }
}
