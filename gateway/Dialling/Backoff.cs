namespace Chia.Gateway.Dialling;

/// <summary>Pauses between attempts: doubling from one second to half a minute (<see cref="Jitter"/>).</summary>
internal sealed class Backoff
{
    /// <summary>A peer that restarts is back within half a minute of being up.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private int _failures;

    /// <summary>The pause after one more failure.</summary>
    public TimeSpan Next()
    {
        var seconds = Math.Min(Longest.TotalSeconds, Shortest.TotalSeconds * Math.Pow(2, Math.Min(_failures++, 10)));
        return Jitter.Around(TimeSpan.FromSeconds(seconds));
    }

    /// <summary>It worked.</summary>
    public void Reset() => _failures = 0;
}

/// <summary>A little chance in every pause before a dial: nodes that started together do not dial each other in step for ever.</summary>
internal static class Jitter
{
    /// <summary>Between three and five quarters of a pause.</summary>
    public static TimeSpan Around(TimeSpan pause) => pause * (0.75 + (Random.Shared.NextDouble() / 2));
}
