using Chia.GrainInterfaces.Broadcasts;

namespace Chia.Grains.Broadcast;

/// <summary>
/// The gateways that broadcasts are told to directly, each with an outbox of its own. One that shows up hears what was published shortly
/// before: after a failover the first blocks come before the gateways have said that they are there.
/// </summary>
/// <param name="failed">Something could not be told to a gateway.</param>
/// <param name="time">The clock.</param>
internal sealed class BroadcastHearers(Action<string, Exception> failed, TimeProvider time)
{
    /// <summary>So long is told again to gateways that show up: they say that they are there within a second or two of learning of a new
    /// directory, and a busy machine takes longer.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, (IBroadcastObserver Observer, BroadcastOutbox Outbox)> _hearers = [];
    private readonly Queue<(BroadcastItem[] Items, long At)> _recent = [];

    /// <summary>Something was published not long ago, for which a gateway may still show up.</summary>
    public bool MayBeMissed
    {
        get
        {
            Forget();
            return _recent.Count > 0;
        }
    }

    /// <summary>Completes when all that was told has been heard, or could not be.</summary>
    public Task Idle => Task.WhenAll(_hearers.Values.Select(hearer => hearer.Outbox.Idle));

    /// <summary>Tells all that are known.</summary>
    public void Tell(BroadcastItem[] items)
    {
        _recent.Enqueue((items, time.GetTimestamp()));
        Forget();
        foreach (var (_, outbox) in _hearers.Values)
            outbox.Put(items);
    }

    /// <summary>These are the gateways now.</summary>
    public void Update(IReadOnlyCollection<BroadcastHearer> hearers)
    {
        foreach (var gone in _hearers.Keys.Except(hearers.Select(hearer => hearer.GatewayId)).ToList())
        {
            _hearers[gone].Outbox.Close();
            _hearers.Remove(gone);
        }

        Forget();
        foreach (var (gateway, observer) in hearers)
        {
            if (_hearers.TryGetValue(gateway, out var known) && known.Observer.Equals(observer))
                continue;
            known.Outbox?.Close();
            var outbox = new BroadcastOutbox(observer.Hear, error => failed(gateway, error));
            _hearers[gateway] = (observer, outbox);
            foreach (var (items, _) in _recent)
                outbox.Put(items);
        }
    }

    /// <summary>Lets go of what is too old, and of more than an outbox holds.</summary>
    private void Forget()
    {
        while (_recent.TryPeek(out var oldest)
            && (_recent.Count > BroadcastOutbox.Capacity || time.GetElapsedTime(oldest.At) > Remembered))
            _recent.Dequeue();
    }
}
