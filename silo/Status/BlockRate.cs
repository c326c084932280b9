namespace Chia.Silo.Status;

/// <summary>
/// Blocks per second, of the last minute if samples reach back that far, else since the first sample. Uses monotonic time. Safe from
/// any thread.
/// </summary>
internal sealed class BlockRate(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>The shortest time that gives a measurement.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly Queue<(long At, long Blocks)> _samples = new();
    private readonly Lock _lock = new();

    /// <summary>Notes a count of blocks. Returns the rate up to it; null if nothing has been measured yet.</summary>
    public double? Sample(long blocks)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            // The oldest that is left begins within the window, or is the last one before it.
            while (_samples.Count > 1 && time.GetElapsedTime(_samples.ElementAt(1).At, now) >= Window)
                _samples.Dequeue();
            double? rate = null;
            if (_samples.TryPeek(out var first) && time.GetElapsedTime(first.At, now) is var elapsed && elapsed >= Shortest)
                rate = (blocks - first.Blocks) / elapsed.TotalSeconds;
            if (_samples.Count == 0 || time.GetElapsedTime(_samples.Last().At, now) >= Shortest)
                _samples.Enqueue((now, blocks));
            return rate;
        }
    }
}
