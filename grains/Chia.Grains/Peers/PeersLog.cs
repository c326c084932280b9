using Microsoft.Extensions.Logging;

namespace Chia.Grains.Peers;

internal static partial class PeersLog
{
    [LoggerMessage(1001, LogLevel.Error, "Handling {Function} from {Peer} failed; the message is dropped, the connection stays")]
    public static partial void HandlerFailed(ILogger logger, Exception error, string function, string peer);

    [LoggerMessage(1002, LogLevel.Information, "{Peer} cannot be reached through its gateway just now: {Why}")]
    public static partial void OutOfReach(ILogger logger, string peer, string why);

    [LoggerMessage(1003, LogLevel.Information, "{Peer} is blamed with {Points} points: {Reason}")]
    public static partial void Blamed(ILogger logger, string peer, int points, string reason);

    [LoggerMessage(1004, LogLevel.Warning, "{Host} is banned for {Minutes} minutes: {Reason}")]
    public static partial void Banned(ILogger logger, string host, double minutes, string reason);

    [LoggerMessage(1006, LogLevel.Warning, "The address book of {Directory} could not be kept: {Why}")]
    public static partial void BookNotStored(ILogger logger, string directory, string why);

    [LoggerMessage(1008, LogLevel.Warning, "Stale subscriptions of {Directory} could not be taken out; it is tried again: {Why}")]
    public static partial void NotPruned(ILogger logger, string directory, string why);

    [LoggerMessage(1007, LogLevel.Error, "Greeting {Peer} failed; the connection stays")]
    public static partial void GreetingFailed(ILogger logger, Exception error, string peer);
}
