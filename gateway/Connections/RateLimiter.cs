namespace Chia.Gateway.Connections;

/// <summary>A token bucket per message name of one connection.</summary>
internal sealed class RateLimiter
{
    private readonly TimeProvider _time;
    private readonly Dictionary<string, Bucket> _buckets = [];

    public RateLimiter(TimeProvider time) => _time = time;

    /// <summary>Takes a token; false if the peer sends this message faster than anybody has reason to.</summary>
    /// <param name="function">Message name.</param>
    /// <param name="perSecond">Tokens added per second.</param>
    /// <param name="burst">Tokens the bucket holds.</param>
    public bool TryTake(string function, double perSecond, double burst)
    {
        var now = _time.GetTimestamp();
        if (!_buckets.TryGetValue(function, out var bucket))
            bucket = new Bucket(burst, now);
        var elapsed = _time.GetElapsedTime(bucket.At, now).TotalSeconds;
        var tokens = Math.Min(burst, bucket.Tokens + (elapsed * perSecond)) - 1;
        _buckets[function] = new Bucket(Math.Max(tokens, 0), now);
        return tokens >= 0;
    }

    private readonly record struct Bucket(double Tokens, long At);
}
