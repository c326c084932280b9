using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Chia.Silo.Node;

/// <summary>Log lines on the console.</summary>
internal sealed class LogLineFormatter(TimeProvider time, LogSettings settings) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "chia";

    private readonly LineBudget _budget = new(time);

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (!_budget.TryTake(logEntry.Category, logEntry.EventId, logEntry.LogLevel, out var leftOut))
            return;
        var category = settings.Format == LogFormat.Text ? $"{logEntry.Category}[{logEntry.EventId.Id}]" : logEntry.Category;
        var message = LineBudget.Message(logEntry.Formatter(logEntry.State, logEntry.Exception), leftOut);
        textWriter.WriteLine(
            new LogLine(time.GetUtcNow(), logEntry.LogLevel, category, logEntry.EventId, message, logEntry.Exception)
            {
                Values = logEntry.State as IReadOnlyList<KeyValuePair<string, object?>>,
            }.Write(settings.Format));
    }
}
