using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Sync.Machine;
using Chia.Sync.Targets;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Sync;

internal static partial class SyncLog
{
    [LoggerMessage(5001, LogLevel.Information, "Sync target {Height} {Target} given up: {Failure}: {Detail}; announced by {Announcers}")]
    public static partial void TargetDropped(
        ILogger logger, uint height, Bytes32 target, TargetFailure failure, string detail, string announcers);

    [LoggerMessage(5002, LogLevel.Information, "Sync finished: {Outcome}")]
    public static partial void Finished(ILogger logger, SyncOutcome outcome);

    [LoggerMessage(5003, LogLevel.Error, "Work of the sync failed; the target is set aside and tried again")]
    public static partial void WorkFailed(ILogger logger, Exception error);

    [LoggerMessage(5004, LogLevel.Warning, "The sync's progress could not be stored ({Why}); after a restart it downloads again")]
    public static partial void JournalFailed(ILogger logger, string why);

    [LoggerMessage(5005, LogLevel.Warning, "Header {Height} of the sync is rejected: {Rule}: {Detail}")]
    public static partial void HeaderRejected(ILogger logger, uint height, ConsensusRule rule, string detail);

    [LoggerMessage(5006, LogLevel.Warning, "Block {Height} of the sync is rejected: {Rule}: {Detail}")]
    public static partial void BlockRejected(ILogger logger, uint height, ConsensusRule rule, string detail);

    [LoggerMessage(5007, LogLevel.Information, "Work of the sync is postponed: {Why}")]
    public static partial void WorkPostponed(ILogger logger, string why);

    [LoggerMessage(5010, LogLevel.Information, "Sync begins: height {Height}, {Target}")]
    public static partial void Begun(ILogger logger, uint height, Bytes32 target);
}
