using Chia.GrainInterfaces.Broadcasts;

namespace Chia.Grains.Broadcast;

/// <summary>
/// The gateways that broadcasts are delivered to directly, each with an outbox of its own. A gateway that registers gets what was
/// published shortly before as well: after a failover the first blocks come before the gateways have registered.
/// </summary>
/// <param name="failed">Is told the gateway, by its id, and the error when a delivery fails.</param>
/// <param name="time">The clock.</param>
internal sealed class BroadcastHearers(Action<string, Exception> failed, TimeProvider time)
{
    /// <summary>How long broadcasts are remembered for gateways that register later: they do within a second or two of learning of a new
    /// directory, and on a busy machine it takes longer.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, (IBroadcastObserver Observer, BroadcastOutbox Outbox)> _hearers = [];
    private readonly Queue<(BroadcastItem[] Items, long At)> _recent = [];

    /// <summary>Something was published within <see cref="Remembered"/>: a gateway that is not known yet may have missed it.</summary>
    public bool HasRecent => _recent.Any(broadcast => time.GetElapsedTime(broadcast.At) <= Remembered);

    /// <summary>Completes when everything put so far has been delivered, or could not be.</summary>
    public Task Idle => Task.WhenAll(_hearers.Values.Select(hearer => hearer.Outbox.Idle));

    /// <summary>Delivers items to every known gateway.</summary>
    public void Tell(BroadcastItem[] items)
    {
        _recent.Enqueue((items, time.GetTimestamp()));
        ForgetOld();
        foreach (var (_, outbox) in _hearers.Values)
            outbox.Put(items);
    }

    /// <summary>Replaces the known gateways by these.</summary>
    public void Update(IReadOnlyCollection<BroadcastHearer> hearers)
    {
        foreach (var gone in _hearers.Keys.Except(hearers.Select(hearer => hearer.GatewayId)).ToList())
        {
            _hearers[gone].Outbox.Close();
            _hearers.Remove(gone);
        }

        ForgetOld();
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

    /// <summary>Forgets what is older than <see cref="Remembered"/>, and more than an outbox holds.</summary>
    public void ForgetOld()
    {
        while (_recent.TryPeek(out var oldest)
            && (_recent.Count > BroadcastOutbox.Capacity || time.GetElapsedTime(oldest.At) > Remembered))
            _recent.Dequeue();
    }
}
