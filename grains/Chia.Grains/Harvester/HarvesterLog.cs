using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Harvester;

internal static partial class HarvesterLog
{
    [LoggerMessage(
        7001, LogLevel.Information,
        "{Plots} plots are open, {Faulty} are not, {Duplicates} are listed twice, {Foreign} belong to pools that no farmer asked for")]
    public static partial void Plots(ILogger logger, int plots, int faulty, int duplicates, int foreign);

    [LoggerMessage(7002, LogLevel.Warning, "Plot {Name} is skipped: {Why}")]
    public static partial void PlotFailed(ILogger logger, string name, string why);

    [LoggerMessage(7003, LogLevel.Error, "The list of plots cannot be read: {Why}")]
    public static partial void ListFailed(ILogger logger, string why);

    [LoggerMessage(7004, LogLevel.Information, "Challenge {Challenge}: {Qualities} qualities in {Plots} plots after {Milliseconds} ms")]
    public static partial void LookedUp(ILogger logger, Bytes32 challenge, int qualities, int plots, long milliseconds);

    [LoggerMessage(7005, LogLevel.Debug, "Quality {Quality} is not ours, or forgotten: no answer to {Function}")]
    public static partial void UnknownQuality(ILogger logger, Bytes32 quality, string function);

    [LoggerMessage(7006, LogLevel.Warning, "Plot {Name} cannot deliver the proof of quality {Quality}")]
    public static partial void NoProof(ILogger logger, string name, Bytes32 quality);

    [LoggerMessage(7007, LogLevel.Error, "Looking up challenge {Challenge} failed")]
    public static partial void LookupFailed(ILogger logger, Exception error, Bytes32 challenge);

    [LoggerMessage(7008, LogLevel.Warning, "Plot {Name} {Why}")]
    public static partial void NoAnswer(ILogger logger, string name, string why);

    [LoggerMessage(7009, LogLevel.Warning, "Plot {Path} is a second name or copy of a plot that is listed before, and is not counted")]
    public static partial void Duplicate(ILogger logger, string path);

    [LoggerMessage(7010, LogLevel.Information, "{Added} plots were added, {Removed} removed: {Plots} are listed")]
    public static partial void Changed(ILogger logger, int added, int removed, int plots);
}
