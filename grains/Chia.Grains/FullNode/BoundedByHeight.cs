namespace Chia.Grains.FullNode;

/// <summary>
/// Entries that belong to a height and are dropped when the chain has left it behind (SYNC.md 3.5); bounded, the lowest and oldest make
/// room.
/// </summary>
/// <typeparam name="TKey">Key.</typeparam>
/// <typeparam name="TValue">Entry.</typeparam>
internal sealed class BoundedByHeight<TKey, TValue>
    where TKey : notnull
{
    private readonly Dictionary<TKey, (uint Height, long Order, TValue Value)> _entries = [];
    private readonly int _capacity;
    private long _order;

    /// <param name="capacity">Most entries kept.</param>
    public BoundedByHeight(int capacity) => _capacity = capacity;

    public int Count => _entries.Count;

    /// <summary>Entries in the order in which they were added.</summary>
    public IEnumerable<TValue> InOrder => _entries.Values.OrderBy(e => e.Order).Select(e => e.Value);

    public bool Contains(TKey key) => _entries.ContainsKey(key);

    public TValue? Find(TKey key) => _entries.TryGetValue(key, out var entry) ? entry.Value : default;

    public void Set(TKey key, uint height, TValue value)
    {
        if (!_entries.ContainsKey(key) && _entries.Count >= _capacity)
            _entries.Remove(_entries.MinBy(e => (e.Value.Height, e.Value.Order)).Key);
        _entries[key] = (height, _order++, value);
    }

    /// <summary>Drops what lies below a height.</summary>
    public void Prune(uint lowest)
    {
        foreach (var (key, entry) in _entries)
        {
            if (entry.Height < lowest)
                _entries.Remove(key);
        }
    }
}
