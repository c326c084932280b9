using Chia.Embedded.Engine;

namespace Chia.Embedded.Streams;

/// <summary>The subscribers of one stream. Publishing holds the lock, so that all of them see the same order.</summary>
internal sealed class StreamHub
{
    private readonly Lock _gate = new();
    private readonly List<Subscription> _subscriptions = [];
    private bool _closed;

    internal bool TryAdd(Subscription subscription)
    {
        lock (_gate)
        {
            if (!_closed)
                _subscriptions.Add(subscription);
            return !_closed;
        }
    }

    /// <summary>Removes a subscriber.</summary>
    /// <returns>True when none is left: the hub is closed and takes no more.</returns>
    internal bool RemoveIsLast(Subscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
            return _closed = _subscriptions.Count == 0;
        }
    }

    internal IReadOnlyList<Subscription> SubscriptionsOf(GrainKey? owner)
    {
        lock (_gate)
            return _subscriptions.FindAll(s => s.Owner == owner);
    }

    internal void Publish<T>(IEnumerable<T> items, long publication)
    {
        lock (_gate)
        {
            var index = 0;
            foreach (var item in items)
            {
                ArgumentNullException.ThrowIfNull(item, nameof(items));
                var token = new SequenceToken(publication, index++);
                foreach (var subscription in _subscriptions)
                    subscription.Enqueue(item, token);
            }
        }
    }
}
