namespace Chia.Sync.Ranges;

/// <summary>
/// Whether peers give fast enough what is asked of them. Only the time counts in which we have nothing to do but wait for them: what our
/// own checks take is no peer's fault. Judged by one span of waiting after the other, so that whoever was fast once is not for ever.
/// </summary>
/// <param name="span">A span of waiting.</param>
/// <param name="least">Items a second of waiting that are enough.</param>
internal sealed class SupplyMeter(TimeSpan span, double least)
{
    private TimeSpan? _waitingSince;
    private TimeSpan _waited;
    private int _items;
    private bool _lastSpanWasPoor;

    /// <summary>The last whole span brought too little, and this one brings no more so far.</summary>
    public bool IsTooSlow => _lastSpanWasPoor && IsPoor;

    private bool IsPoor => _items < least * _waited.TotalSeconds || _items == 0;

    /// <summary>Something else is asked for.</summary>
    public void Reset() => (_waitingSince, _waited, _items, _lastSpanWasPoor) = (null, TimeSpan.Zero, 0, false);

    /// <summary>Time has passed.</summary>
    public void Pass(TimeSpan now)
    {
        if (_waitingSince is not { } since)
            return;
        (_waitingSince, _waited) = (now, _waited + (now - since));
        if (_waited >= span)
            (_lastSpanWasPoor, _waited, _items) = (IsPoor, TimeSpan.Zero, 0);
    }

    /// <summary>From now on we wait for peers, or do not.</summary>
    public void Wait(bool isWaiting, TimeSpan now) => _waitingSince = isWaiting ? now : null;

    /// <summary>Items that peers gave are done with.</summary>
    public void Add(int items) => _items += items;
}
