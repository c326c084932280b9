using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace Chia.Silo.Node;

/// <summary>Log lines: structured, levelled, one a line, on standard error.</summary>
internal static class NodeLogging
{
    public static void ToConsole(ILoggingBuilder logging)
    {
        logging.Services.TryAddSingleton(TimeProvider.System);
        logging.AddConsole(options => options.FormatterName = LogLineFormatter.FormatterName);
        logging.AddConsoleFormatter<LogLineFormatter, ConsoleFormatterOptions>();
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>Levels that can be changed while the process runs, and the newest lines for whoever asks. After all filters.</summary>
    public static void KeepLines(ILoggingBuilder logging, LogLevel level)
    {
        new LogLevels(level).TakeOver(logging);
        logging.Services.AddSingleton<LogMemory>();
        logging.Services.AddSingleton<ILoggerProvider>(services => services.GetRequiredService<LogMemory>());
    }
}
