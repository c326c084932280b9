using Microsoft.Extensions.Logging;

namespace Chia.Grains.Events;

/// <summary>Log lines about events.</summary>
internal static partial class EventsLog
{
    [LoggerMessage(1, LogLevel.Debug, "A watcher of the events of {Node} cannot be reached: {Reason}")]
    public static partial void WatcherLost(ILogger log, string node, string reason);

    [LoggerMessage(2, LogLevel.Debug, "Events of {Node} were not taken: {Reason}")]
    public static partial void NotTaken(ILogger log, string node, string reason);
}
