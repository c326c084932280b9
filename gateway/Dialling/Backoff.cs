namespace Chia.Gateway.Dialling;

/// <summary>Pauses between attempts: doubling from one second to the longest (<see cref="Jitter"/>).</summary>
/// <param name="longest">The longest pause; half a minute if not given.</param>
internal sealed class Backoff(TimeSpan? longest = null)
{
    /// <summary>The longest pause: a peer that restarts is dialled within half a minute.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _longest = longest ?? Longest;
    private int _failures;

    /// <summary>The pause after one more failure.</summary>
    public TimeSpan Next()
    {
        var seconds = Math.Min(_longest.TotalSeconds, Shortest.TotalSeconds * Math.Pow(2, Math.Min(_failures++, 10)));
        return Jitter.Around(TimeSpan.FromSeconds(seconds));
    }

    /// <summary>An attempt succeeded: begins with short pauses again.</summary>
    public void Reset() => _failures = 0;
}

/// <summary>
/// Adds a little chance to every pause before a dial: nodes that started together do not dial each other in step for ever.
/// </summary>
internal static class Jitter
{
    /// <summary>A duration between three and five quarters of the pause.</summary>
    public static TimeSpan Around(TimeSpan pause) => pause * (0.75 + (Random.Shared.NextDouble() / 2));
}
