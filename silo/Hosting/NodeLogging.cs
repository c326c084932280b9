using Microsoft.Extensions.Logging.Console;

namespace Chia.Silo.Hosting;

/// <summary>Log lines: structured, levelled, one a line, on standard error.</summary>
internal static class NodeLogging
{
    public static void ToConsole(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "HH:mm:ss.fff ";
            options.UseUtcTimestamp = true;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
