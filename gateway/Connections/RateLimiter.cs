using Chia.Protocol.Messages;

namespace Chia.Gateway.Connections;

/// <summary>
/// A token bucket per message name of one connection. Honest peers come in bursts, so nobody is blamed: what is too fast waits, and TCP
/// holds back the rest.
/// </summary>
internal sealed class RateLimiter
{
    private readonly TimeProvider _time;
    private readonly Dictionary<string, Bucket> _buckets = [];

    public RateLimiter(TimeProvider time) => _time = time;

    /// <summary>Takes a token and tells how long to wait before the message may pass.</summary>
    public TimeSpan Take(string function, RateLimit limit)
    {
        var now = _time.GetTimestamp();
        if (!_buckets.TryGetValue(function, out var bucket))
            bucket = new Bucket(limit.Burst, now);
        var elapsed = _time.GetElapsedTime(bucket.At, now).TotalSeconds;
        var tokens = Math.Min(limit.Burst, bucket.Tokens + (elapsed * limit.PerSecond)) - 1;
        _buckets[function] = new Bucket(tokens, now);
        return tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-tokens / limit.PerSecond);
    }

    private readonly record struct Bucket(double Tokens, long At);
}
