using Chia.Protocol.Addresses;

namespace Chia.Gateway.Connections.Entry;

/// <summary>
/// Limits how fast a network may open connections: a token bucket for each group of addresses. A connection above the rate is closed
/// before a byte is read, so that a storm costs accepts and no handshakes. Not thread-safe.
/// </summary>
internal sealed class AcceptRate(TimeProvider time)
{
    /// <summary>A /16 of IPv4 or a /32 of IPv6 holds a few nodes that redial every second or slower (Backoff).</summary>
    private const double PerSecond = 10, Burst = 100;

    /// <summary>Whole networks start on one machine at one time: a hundred nodes that dial ten others each.</summary>
    private const double LoopbackPerSecond = 200, LoopbackBurst = 1000;

    /// <summary>Groups remembered, about 200 kB. When they are more, those that have been quiet the longest are forgotten.</summary>
    private const int MaxGroups = 2000;

    private readonly Dictionary<NetworkGroup, (double Tokens, long At)> _buckets = [];

    /// <summary>Takes a token; false if there is none.</summary>
    public bool TryTake(PeerHost host)
    {
        var (perSecond, burst) = host.IsLoopback ? (LoopbackPerSecond, LoopbackBurst) : (PerSecond, Burst);
        var now = time.GetTimestamp();
        var tokens = burst;
        if (_buckets.TryGetValue(host.Group, out var bucket))
            tokens = Math.Min(burst, bucket.Tokens + (time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond));
        else if (_buckets.Count >= MaxGroups)
            Forget();
        var hasToken = tokens >= 1;
        _buckets[host.Group] = (hasToken ? tokens - 1 : tokens, now);
        return hasToken;
    }

    /// <summary>Forgets half of the groups at once: sorting them for every newcomer would cost more than the limit saves.</summary>
    private void Forget()
    {
        foreach (var group in _buckets.OrderBy(b => b.Value.At).Take(MaxGroups / 2).Select(b => b.Key).ToList())
            _buckets.Remove(group);
    }
}
