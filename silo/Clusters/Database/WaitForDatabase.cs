namespace Chia.Silo.Clusters.Database;

/// <summary>
/// Silos may be started before their database, or while it has no connection left for them: whatever of a start needs it is tried until
/// it is there. What a person has to mend is an error at once.
/// </summary>
/// <param name="tell">Told once why it waits.</param>
/// <param name="time">The clock.</param>
internal sealed class WaitForDatabase(Action<string> tell, TimeProvider time)
{
    /// <summary>Between two tries.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>What the work gives, once it does.</summary>
    /// <param name="work">Leaves nothing behind when it fails.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="UserException">The work cannot be done, and waiting does not mend it.</exception>
    public async Task<T> For<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        for (var hasTold = false; ; hasTold = true)
        {
            try
            {
                return await work(cancellation);
            }
            catch (UserException away) when (away.InnerException is { } cause && DatabaseFault.GoesBy(cause))
            {
                if (!hasTold)
                    tell($"{away.Message}: waiting for it");
            }

            await Task.Delay(RetryPause, time, cancellation);
        }
    }
}
