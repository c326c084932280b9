using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace Chia.Silo.Node;

/// <summary>Log lines: structured, levelled, one a line, on standard error, and in a file if one is named.</summary>
internal static class NodeLogging
{
    /// <summary>To where the settings say.</summary>
    /// <exception cref="UserException">The file cannot be written.</exception>
    public static void To(ILoggingBuilder logging, LogSettings settings)
    {
        logging.Services.TryAddSingleton(TimeProvider.System);
        logging.Services.AddSingleton(settings);
        // Not AddConsole: it makes three formatters of its own besides, and reads of each in a configuration that there is not.
        logging.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, ConsoleLoggerProvider>());
        logging.Services.AddSingleton<ConsoleFormatter, LogLineFormatter>();
        logging.Services.Configure<ConsoleLoggerOptions>(options =>
        {
            options.FormatterName = LogLineFormatter.FormatterName;
            options.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        if (settings.File.Length > 0)
            logging.Services.AddSingleton<ILoggerProvider>(services => new LogFile(settings, services.GetRequiredService<TimeProvider>()));
    }

    /// <summary>What Orleans tells of a process in order is no news, wherever it hosts grains or asks them.</summary>
    public static ILoggingBuilder QuietOrleans(ILoggingBuilder logging) => logging
        .AddFilter("Orleans", LogLevel.Warning)
        // A grain that cannot begin, for a damaged store perhaps, fails whoever called it, and that one says why: in one line.
        .AddFilter("Orleans.Grain", LogLevel.Critical)
        // It tells of every placement.
        .AddFilter("Polly", LogLevel.Warning)
        // Ours tell on which part of the ring they are.
        .AddFilter("Chia.Grains.Validation.ValidatorService", LogLevel.Warning)
        .AddFilter("Chia.Grains.Clusters.SiloService", LogLevel.Warning)
        // Both take a clock that somebody sets for a process that stood still.
        .AddFilter("Orleans.Runtime.AsyncTimer", LogLevel.Error)
        .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);

    /// <summary>What a web server tells of itself is no news; nor is that it stood still, as on a laptop that slept.</summary>
    public static ILoggingBuilder QuietServer(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);

    /// <summary>Levels that can be changed while the process runs, and the newest lines for whoever asks. After all filters.</summary>
    public static void KeepLines(ILoggingBuilder logging, LogSettings settings)
    {
        var levels = new LogLevels(settings.Level);
        levels.TakeOver(logging);
        levels.Set(settings);
        logging.Services.AddSingleton<LogMemory>();
        logging.Services.AddSingleton<ILoggerProvider>(services => services.GetRequiredService<LogMemory>());
    }
}
