using Chia.Silo.Node;
using Chia.Silo.Views;

namespace Chia.Silo.Hosting;

/// <summary>Log lines of several hosts of one process in one file, each with the host's name.</summary>
internal sealed class FileLogging : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly Lock _lock = new();

    public FileLogging(string path) =>
        _writer = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };

    /// <summary>Lets a host log here under a name.</summary>
    public Action<ILoggingBuilder> For(string host) => logging => logging.AddProvider(new Provider(this, host));

    /// <summary>A line of a process that formats its own.</summary>
    public void Write(string process, string line) => Append($"{process}: {Printable.Escape(line)}");

    public void Dispose()
    {
        lock (_lock)
            _writer.Dispose();
    }

    private void Write(string host, string category, LogLevel level, string message, Exception? error) => Append(LogLine.Format(
        TimeProvider.System.GetUtcNow(), level, $"{host}: {category[(category.LastIndexOf('.') + 1)..]}", message, error));

    private void Append(string line)
    {
        lock (_lock)
        {
            try
            {
                if (_writer.BaseStream is { CanWrite: true })
                    _writer.WriteLine(line);
            }
            catch (IOException)
            {
                // A full disk costs the line, not whoever had something to say.
            }
        }
    }

    private sealed class Provider(FileLogging file, string host) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Logger(file, host, categoryName);

        public void Dispose()
        {
            // The file belongs to all hosts.
        }
    }

    private sealed class Logger(FileLogging file, string host, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            file.Write(host, category, logLevel, formatter(state, exception), exception);
    }
}
