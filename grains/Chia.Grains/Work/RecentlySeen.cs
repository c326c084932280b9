namespace Chia.Grains.Work;

/// <summary>The keys that were added last, up to a bound: tells a repetition from something new. For contents that were rejected,
/// proofs that were relayed, subscriptions that were removed.</summary>
/// <typeparam name="TKey">Key.</typeparam>
internal sealed class RecentlySeen<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, long> _addedAs = [];
    private readonly Queue<(TKey Key, long AddedAs)> _order = new();
    private readonly int _capacity;
    private long _additions;

    /// <param name="capacity">Most keys remembered; the one added first is forgotten first.</param>
    public RecentlySeen(int capacity) => _capacity = capacity;

    /// <summary>True if the key is remembered.</summary>
    public bool Contains(TKey key) => _addedAs.ContainsKey(key);

    /// <summary>Remembers a key. False if it was remembered already.</summary>
    public bool Add(TKey key)
    {
        if (!_addedAs.TryAdd(key, _additions))
            return false;
        _order.Enqueue((key, _additions++));
        if (_order.Count > _capacity)
        {
            var (oldest, addedAs) = _order.Dequeue();

            // A key that was forgotten and added again has a later place.
            if (_addedAs.TryGetValue(oldest, out var latest) && latest == addedAs)
                _addedAs.Remove(oldest);
        }

        return true;
    }

    /// <summary>Forgets a key: it counts as new again.</summary>
    public void Forget(TKey key) => _addedAs.Remove(key);
}
