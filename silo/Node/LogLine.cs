using System.Globalization;
using Chia.Silo.Views;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Chia.Silo.Node;

/// <summary>A log line, wherever it goes: time with date, level, category, message. What peers sent may be in it, so it is made
/// printable.</summary>
internal static class LogLine
{
    public static string Format(DateTimeOffset time, LogLevel level, string category, string message, Exception? error)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {Word(level)} {category}: {Printable.Escape(message)}");
        return error is null ? line : $"{line} {Printable.EscapeLines(error.ToString())}";
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}

/// <summary>Log lines on the console.</summary>
internal sealed class LogLineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "chia";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter) =>
        textWriter.WriteLine(LogLine.Format(
            time.GetUtcNow(),
            logEntry.LogLevel,
            $"{logEntry.Category}[{logEntry.EventId.Id}]",
            logEntry.Formatter(logEntry.State, logEntry.Exception),
            logEntry.Exception));
}
