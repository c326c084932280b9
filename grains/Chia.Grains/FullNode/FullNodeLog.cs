using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.FullNode;

internal static partial class FullNodeLog
{
    [LoggerMessage(2001, LogLevel.Information, "New tip {Height} {HeaderHash}, weight {Weight}")]
    public static partial void NewTip(ILogger logger, uint height, Bytes32 headerHash, ulong weight);

    [LoggerMessage(2002, LogLevel.Information, "Block {Height} {HeaderHash} is stored on a side branch")]
    public static partial void Orphan(ILogger logger, uint height, Bytes32 headerHash);

    [LoggerMessage(2003, LogLevel.Warning, "Block {Height} {HeaderHash} is rejected: {Rule}: {Detail}")]
    public static partial void Rejected(ILogger logger, uint height, Bytes32 headerHash, ConsensusRule rule, string detail);

    [LoggerMessage(2004, LogLevel.Information, "Unfinished block at height {Height} needs {Iterations} iterations, about {Seconds} s")]
    public static partial void Unfinished(ILogger logger, uint height, ulong iterations, ulong seconds);

    [LoggerMessage(2005, LogLevel.Warning, "Unfinished block at height {Height} is rejected: {Rule}: {Detail}")]
    public static partial void UnfinishedRejected(ILogger logger, uint height, ConsensusRule rule, string detail);

    [LoggerMessage(
        2006, LogLevel.Debug,
        "A proof of time for challenge {Challenge} and {Iterations} iterations fits no unfinished block: its block came first, or comes yet")]
    public static partial void NoSuchUnfinished(ILogger logger, Bytes32 challenge, ulong iterations);

    [LoggerMessage(
        2008, LogLevel.Warning,
        "No plot has answered a tip at height {Height} for {Quiet}: blocks below the tips are built on. More plots mend that for good")]
    public static partial void DeadEnd(ILogger logger, uint height, TimeSpan quiet);

    [LoggerMessage(2009, LogLevel.Warning, "Block {Height} {HeaderHash} cannot be seen to just now ({Why}): it is kept and tried again")]
    public static partial void BlockPostponed(ILogger logger, uint height, Bytes32 headerHash, string why);

    [LoggerMessage(2010, LogLevel.Warning, "{What} of {Peer} cannot be seen to just now ({Why}): it is kept and tried again")]
    public static partial void WorkPostponed(ILogger logger, string what, string peer, string why);

    [LoggerMessage(2011, LogLevel.Error, "{What} of {Peer}, which was kept, failed")]
    public static partial void WorkFailed(ILogger logger, Exception error, string what, string peer);

    [LoggerMessage(2013, LogLevel.Error, "Handling block {Height} {HeaderHash} failed; it is dropped, and asked for again if it is missed")]
    public static partial void BlockFailed(ILogger logger, Exception error, uint height, Bytes32 headerHash);

    [LoggerMessage(2014, LogLevel.Error, "A part of the full node's upkeep failed; it is tried again at the next tick")]
    public static partial void UpkeepFailed(ILogger logger, Exception error);

    [LoggerMessage(2012, LogLevel.Information, "The sync was not told of {What}: {Why}")]
    public static partial void SyncNotTold(ILogger logger, string what, string why);
}
