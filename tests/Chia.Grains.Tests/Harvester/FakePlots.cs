using Chia.Grains.Harvester;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Harvester;

/// <summary>Plots in memory whose disk can fail.</summary>
internal sealed class FakePlots : IPlotOpener
{
    /// <summary>Paths that cannot be opened.</summary>
    public HashSet<string> Missing { get; } = [];

    /// <summary>Reads that fail from now on, per path.</summary>
    public Dictionary<string, int> FailingReads { get; } = [];

    /// <summary>The plot id of each path.</summary>
    public Dictionary<string, Bytes32> Ids { get; } = [];

    /// <summary>How often each path was opened.</summary>
    public Dictionary<string, int> Opened { get; } = [];

    public int OpenNow { get; private set; }

    /// <summary>While it is not set, opening this path does not return.</summary>
    public Dictionary<string, ManualResetEventSlim> Blocked { get; } = [];

    /// <summary>Released once for every opening that waits at its gate.</summary>
    public SemaphoreSlim WaitingAtGate { get; } = new(0);

    public bool Exists(string path)
    {
        lock (this)
            return !Missing.Contains(path);
    }

    public IPlot Open(string path)
    {
        if (Blocked.TryGetValue(path, out var gate))
        {
            WaitingAtGate.Release();
            gate.Wait();
        }

        lock (this)
        {
            if (Missing.Contains(path))
                throw new FileNotFoundException($"there is no {path}");
            Opened[path] = Opened.GetValueOrDefault(path) + 1;
            OpenNow++;
            return new FakePlot(this, path);
        }
    }

    private sealed class FakePlot(FakePlots plots, string path) : IPlot
    {
        private bool _isDisposed;

        public Bytes32 PlotId => plots.Ids[path];

        public byte Size => 20;

        public IReadOnlyList<Bytes32> GetQualities(Bytes32 challenge)
        {
            Read();
            return [challenge];
        }

        public ByteString? GetProof(Bytes32 challenge, int index)
        {
            Read();
            return index == 0 ? ByteString.Copy(challenge.Span) : null;
        }

        public void Dispose()
        {
            lock (plots)
            {
                plots.OpenNow -= _isDisposed ? 0 : 1;
                _isDisposed = true;
            }
        }

        private void Read()
        {
            lock (plots)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                if (plots.FailingReads.GetValueOrDefault(path) is var left && left > 0)
                {
                    plots.FailingReads[path] = left - 1;
                    throw new IOException($"{path} cannot be read");
                }
            }
        }
    }
}
