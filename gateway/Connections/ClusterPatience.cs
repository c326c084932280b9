using Chia.GrainInterfaces.Clusters;

namespace Chia.Gateway.Connections;

/// <summary>Tries calls again while the cluster moves or is away, for a bounded time: a silo that dies fails its callers at once, and
/// another takes over.</summary>
/// <param name="limit">How long.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterPatience(TimeSpan limit, TimeProvider time)
{
    /// <summary>The first pause; each is twice as long as the one before, up to <see cref="LongestPause"/>.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>So long may it take to notice that the cluster is back.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>The answer; null if the cluster stayed away.</summary>
    /// <param name="call">What is tried.</param>
    /// <param name="cancellation">Nobody waits any more.</param>
    /// <param name="mayRepeat">It does no harm to do it twice: a call of unknown outcome is tried again as well.</param>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public async Task<T?> Try<T>(Func<Task<T>> call, CancellationToken cancellation, bool mayRepeat = false)
        where T : class
    {
        var began = time.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (Exception error) when (
                (mayRepeat ? CallFaults.GoesBy(error) : CallFaults.Of(error) == CallFault.SiloGone)
                && !cancellation.IsCancellationRequested)
            {
                if (time.GetElapsedTime(began) >= limit)
                    return null;
            }

            await Task.Delay(pause, time, cancellation).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}
