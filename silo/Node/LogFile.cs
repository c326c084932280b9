using Chia.Storage.Files;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Parsing;

namespace Chia.Silo.Node;

/// <summary>
/// Log lines in a file that is followed by another when it is long enough: chia.log, chia_001.log, … Serilog writes, turns over and
/// removes them. A disk that is full costs the line, not whoever had something to say. Several hosts of a process share one.
/// </summary>
internal sealed class LogFile : ILoggerProvider
{
    /// <summary>Whoever names one of these means it.</summary>
    private const string Devices = "/dev/";

    private readonly Logger _file;
    private readonly LogFormat _format;
    private readonly TimeProvider _time;
    private readonly LineBudget _budget;

    /// <param name="settings">With a file.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UserException">It cannot be written.</exception>
    public LogFile(LogSettings settings, TimeProvider time)
    {
        (_format, _time, _budget) = (settings.Format, time, new LineBudget(time));
        RequireWritable(settings.File);
        _file = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.File(
            new OneLine(), settings.File, fileSizeLimitBytes: settings.FileBytes, rollOnFileSizeLimit: true,
            retainedFileCountLimit: settings.Files).CreateLogger();
    }

    /// <summary>Adds one of several hosts of the process, whose lines carry its name.</summary>
    public Action<ILoggingBuilder> For(string host) => logging => logging.AddProvider(new Shared(this, host));

    public Microsoft.Extensions.Logging.ILogger CreateLogger(string categoryName) =>
        new LineLogger(categoryName, "", _time, _budget, Write);

    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // What was not written for want of room stays unwritten.
        }
    }

    private void Write(LogLine line) => _file.Write(
        new LogEvent(
            line.Time, LogEventLevel.Information, null, new MessageTemplate([new TextToken(line.Write(_format))]), []));

    /// <summary>Tries the file once, so that a mistake is reported at start in one line; later nobody would notice.</summary>
    private static void RequireWritable(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (File.Exists(path) && !path.StartsWith(Devices, StringComparison.Ordinal))
                RegularFile.Require(path); // a pipe's other end would be waited for
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UserException($"cannot write log lines to {path}: {FileFault.OfFile(path, error)}");
        }
    }

    /// <summary>Lines come whole.</summary>
    private sealed class OneLine : ITextFormatter
    {
        public void Format(LogEvent logEvent, TextWriter output) => output.WriteLine(logEvent.MessageTemplate.Text);
    }

    private sealed class Shared(LogFile file, string host) : ILoggerProvider
    {
        public Microsoft.Extensions.Logging.ILogger CreateLogger(string categoryName) =>
            new LineLogger(categoryName[(categoryName.LastIndexOf('.') + 1)..], host, file._time, file._budget, file.Write);

        public void Dispose()
        {
            // The file belongs to all hosts.
        }
    }
}
