using System.Diagnostics;

namespace Chia.Silo.Bench;

/// <summary>When a node in this process said that its sync begins, and that it has ended: whoever asks for its height again and again
/// hears of that later.</summary>
internal sealed class SyncMoments : ILoggerProvider, ILogger
{
    private readonly TaskCompletionSource<TimeSpan> _took = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private long _began;

    /// <summary>Whether a sync began. A chain that is hardly ahead is taken block by block instead (SYNC.md 3).</summary>
    public bool Began => Interlocked.Read(ref _began) != 0;

    /// <summary>From the first beginning to the first end.</summary>
    public Task<TimeSpan> Took => _took.Task;

    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        if (line.StartsWith(ColdSyncs.Beginning, StringComparison.Ordinal))
            Interlocked.CompareExchange(ref _began, Stopwatch.GetTimestamp(), 0);
        else if (line.StartsWith(ColdSyncs.End, StringComparison.Ordinal))
            _took.TrySetResult(Stopwatch.GetElapsedTime(Interlocked.Read(ref _began)));
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Information;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }
}
