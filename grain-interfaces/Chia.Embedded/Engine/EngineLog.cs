using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Chia.Embedded.Engine;

/// <summary>The engine's log messages.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Error, "{Grain} could not be activated; its callers are told, the next call tries again")]
    internal static partial void ActivationFailed(ILogger logger, GrainKey grain, Exception error);

    [LoggerMessage(2, LogLevel.Warning, "{Grain} failed while it was deactivated; it is gone all the same")]
    internal static partial void DeactivationFailed(ILogger logger, GrainKey grain, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "A timer of {Grain} failed; it goes on")]
    internal static partial void TimerFailed(ILogger logger, GrainKey grain, Exception error);

    [LoggerMessage(4, LogLevel.Warning, "A subscriber of stream {Provider}/{Stream} failed; it gets the item again in {Delay}")]
    internal static partial void DeliveryFailed(ILogger logger, string provider, StreamId stream, TimeSpan delay, Exception error);

    [LoggerMessage(5, LogLevel.Error, "A subscriber of stream {Provider}/{Stream} has lost items: {Reason}")]
    internal static partial void ItemsLost(ILogger logger, string provider, StreamId stream, string reason);

    [LoggerMessage(6, LogLevel.Warning, "Not all grains ended in the time the host gave; those left are abandoned")]
    internal static partial void StopForced(ILogger logger);
}
