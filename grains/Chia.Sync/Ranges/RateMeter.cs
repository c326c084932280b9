namespace Chia.Sync.Ranges;

/// <summary>Items per second, averaged with exponential forgetting.</summary>
internal sealed class RateMeter
{
    /// <summary>Time in which an old measurement loses about two thirds of its weight.</summary>
    private const double MemorySeconds = 30;

    private TimeSpan _last;
    private double _items;
    private double _seconds;

    /// <summary>Starts anew.</summary>
    public void Reset(TimeSpan now) => (_last, _items, _seconds) = (now, 0, 0);

    /// <summary>Counts items that were finished now.</summary>
    public void Add(TimeSpan now, int items)
    {
        var passed = (now - _last).TotalSeconds;
        var keep = Math.Exp(-passed / MemorySeconds);
        (_last, _items, _seconds) = (now, (_items * keep) + items, (_seconds * keep) + passed);
    }

    /// <summary>The rate now, with the time since the last item counted in.</summary>
    public double At(TimeSpan now)
    {
        var seconds = _seconds + (now - _last).TotalSeconds;
        return seconds > 0 ? _items / seconds : 0;
    }
}
