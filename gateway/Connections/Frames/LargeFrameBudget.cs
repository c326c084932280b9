namespace Chia.Gateway.Connections.Frames;

/// <summary>
/// Memory for large frames, shared by all connections. Bytes that have arrived count, not the announced length, which costs its sender
/// nothing. When the memory runs out, the frame that has held the most for the longest time is given up: a peer that sends steadily
/// does not suffer for one that never finishes.
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

        /// <summary>It has been given back or given up.</summary>
        public bool IsOver { get; set; }

        /// <summary>Bytes held, times the seconds since the first.</summary>
        public double Burden => Held * (time.GetElapsedTime(_began).TotalSeconds + 0.001);

        public Action GiveUp { get; } = giveUp;

        /// <summary>So many bytes of the frame are here.</summary>
        public void Grow(long total) => budget.Grow(this, total);

        /// <summary>The whole frame is here: it is being handled, and is not given up any more.</summary>
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
