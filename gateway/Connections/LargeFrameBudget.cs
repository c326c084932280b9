namespace Chia.Gateway.Connections;

/// <summary>
/// Memory for large frames, shared by all connections. What has arrived counts, not what was announced: a length costs its sender nothing.
/// When it runs out, the frame that has held the most for the longest time is given up, so that nobody who sends well waits for those who
/// do not end.
/// </summary>
internal sealed class LargeFrameBudget(long bytes)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Lease> _arriving = [];
    private long _used;

    /// <summary>Bytes held now.</summary>
    public long Used
    {
        get
        {
            lock (_lock)
                return _used;
        }
    }

    /// <summary>A large frame begins to arrive. Dispose the lease when the frame has been handled.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="giveUp">Ends the connection; called from any thread.</param>
    public Lease Begin(TimeProvider time, Action giveUp)
    {
        var lease = new Lease(this, time, giveUp);
        lock (_lock)
            _arriving.Add(lease);
        return lease;
    }

    private void Grow(Lease lease, long total)
    {
        List<Lease> lost = [];
        lock (_lock)
        {
            if (lease.IsOver)
                return;
            _used += total - lease.Held;
            lease.Held = total;
            while (_used > bytes && _arriving.MaxBy(arriving => arriving.Burden) is { } worst)
            {
                End(worst);
                lost.Add(worst);
            }
        }

        lost.ForEach(worst => worst.GiveUp());
    }

    private void End(Lease lease)
    {
        _arriving.Remove(lease);
        _used -= lease.Held;
        (lease.Held, lease.IsOver) = (0, true);
    }

    /// <summary>What one frame holds.</summary>
    internal sealed class Lease(LargeFrameBudget budget, TimeProvider time, Action giveUp) : IDisposable
    {
        private readonly long _began = time.GetTimestamp();

        /// <summary>Bytes.</summary>
        public long Held { get; set; }

        /// <summary>It holds nothing any more.</summary>
        public bool IsOver { get; set; }

        /// <summary>Bytes held, times the seconds since the first.</summary>
        public double Burden => Held * (time.GetElapsedTime(_began).TotalSeconds + 0.001);

        public Action GiveUp { get; } = giveUp;

        /// <summary>So much of the frame is here.</summary>
        public void Grow(long total) => budget.Grow(this, total);

        /// <summary>All of it is here: it is handled now, and not given up any more.</summary>
        public void Complete(long total)
        {
            Grow(total);
            lock (budget._lock)
                budget._arriving.Remove(this);
        }

        public void Dispose()
        {
            lock (budget._lock)
            {
                if (!IsOver)
                    budget.End(this);
            }
        }
    }
}
