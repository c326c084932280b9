namespace Chia.Silo.Status;

/// <summary>How long this process has been running, by monotonic time.</summary>
internal static class ProcessTime
{
    private static readonly long Started = TimeProvider.System.GetTimestamp();

    /// <summary>Since <see cref="Begin"/>.</summary>
    public static TimeSpan Uptime => TimeProvider.System.GetElapsedTime(Started);

    /// <summary>Begins to count. To be called first of all.</summary>
    public static void Begin() => _ = Started;
}
