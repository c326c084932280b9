namespace Chia.Silo.Status;

/// <summary>Blocks per second: of the last minute if it was looked at, else since the start. By monotonic time. Safe from any
/// thread.</summary>
internal sealed class BlockRate(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Less is no measurement.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly Queue<(long At, long Blocks)> _samples = new();
    private readonly Lock _lock = new();

    /// <summary>Takes a count in; the rate up to it, null if nothing was measured yet.</summary>
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
