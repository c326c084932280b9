using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Chia.Testing;

/// <summary>Keeps what is logged as a warning or worse.</summary>
/// <param name="write">Where all lines go as well, those of lower levels included; null for nowhere.</param>
public sealed class TestLog(Action<string>? write = null) : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _complaints = new();

    /// <summary>Warnings and worse, oldest first.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public ILogger CreateLogger(string categoryName) => this;

    /// <summary>This log for one category.</summary>
    public ILogger<T> For<T>() => new Logger<T>(new LoggerFactory([this]));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => write is not null || logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception);
        if (logLevel >= LogLevel.Warning)
            _complaints.Enqueue($"{text} {exception?.Message}");
        try
        {
            write?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss.fff} {logLevel} {text} {exception}"));
        }
        catch (InvalidOperationException)
        {
            // The test is over, and its output closed.
        }
    }

    public void Dispose()
    {
    }
}
