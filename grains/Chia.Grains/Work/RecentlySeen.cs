namespace Chia.Grains.Work;

/// <summary>The last few thousand keys, so that repeats cost nothing: rejected contents, relayed proofs.</summary>
/// <typeparam name="TKey">Key.</typeparam>
internal sealed class RecentlySeen<TKey>
    where TKey : notnull
{
    private readonly HashSet<TKey> _keys = [];
    private readonly Queue<TKey> _order = new();
    private readonly int _capacity;

    /// <param name="capacity">Keys remembered; the oldest is forgotten first.</param>
    public RecentlySeen(int capacity) => _capacity = capacity;

    public bool Contains(TKey key) => _keys.Contains(key);

    /// <summary>True if the key is new.</summary>
    public bool Add(TKey key)
    {
        if (!_keys.Add(key))
            return false;
        _order.Enqueue(key);
        if (_order.Count > _capacity)
            _keys.Remove(_order.Dequeue());
        return true;
    }

    /// <summary>The key is new again; its place is given up in its turn.</summary>
    public void Forget(TKey key) => _keys.Remove(key);
}
