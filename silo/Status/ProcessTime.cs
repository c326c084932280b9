namespace Chia.Silo.Status;

/// <summary>How long this process runs, whatever happens to the clock.</summary>
internal static class ProcessTime
{
    private static readonly long Started = TimeProvider.System.GetTimestamp();

    /// <summary>Since <see cref="Begin"/>.</summary>
    public static TimeSpan Uptime => TimeProvider.System.GetElapsedTime(Started);

    /// <summary>To be called first of all.</summary>
    public static void Begin() => _ = Started;
}
