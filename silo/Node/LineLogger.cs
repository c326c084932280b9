namespace Chia.Silo.Node;

/// <summary>Makes lines of what a category logs, and hands them to whoever keeps or writes them.</summary>
/// <param name="category">Who logs.</param>
/// <param name="host">The host of several in a process; empty for the only one.</param>
/// <param name="time">The clock.</param>
/// <param name="budget">How many of a kind are kept or written.</param>
/// <param name="write">Takes each line.</param>
internal sealed class LineLogger(string category, string host, TimeProvider time, LineBudget budget, Action<LogLine> write) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!budget.TryTake(category, eventId, logLevel, out var leftOut))
            return;
        var message = LineBudget.Message(formatter(state, exception), leftOut);
        write(new LogLine(time.GetUtcNow(), logLevel, category, eventId, message, exception)
        {
            Host = host,
            Values = state as IReadOnlyList<KeyValuePair<string, object?>>,
        });
    }
}
