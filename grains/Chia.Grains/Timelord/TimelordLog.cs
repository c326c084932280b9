using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Timelord;

internal static partial class TimelordLog
{
    [LoggerMessage(8001, LogLevel.Debug, "Challenge {Challenge} of weight {Weight} announced")]
    public static partial void Announced(ILogger logger, Bytes32 challenge, ulong weight);

    [LoggerMessage(8002, LogLevel.Information, "Evaluating challenge {Challenge}")]
    public static partial void Started(ILogger logger, Bytes32 challenge);

    [LoggerMessage(8003, LogLevel.Debug, "Challenge {Challenge}: a proof of {Iterations} iterations is wanted")]
    public static partial void Wanted(ILogger logger, Bytes32 challenge, ulong iterations);

    [LoggerMessage(8004, LogLevel.Information, "Challenge {Challenge}: proved {Iterations} iterations, {Speed:0} a second")]
    public static partial void Proved(ILogger logger, Bytes32 challenge, ulong iterations, double speed);

    [LoggerMessage(8005, LogLevel.Debug, "Challenge {Challenge}: stopped after {Iterations} iterations")]
    public static partial void Stopped(ILogger logger, Bytes32 challenge, ulong iterations);

    [LoggerMessage(8006, LogLevel.Error, "Challenge {Challenge}: the evaluation failed after {Iterations} iterations; nothing of it is sent, it begins anew. If this comes again, the machine miscalculates or is short of memory")]
    public static partial void Failed(ILogger logger, Exception error, Bytes32 challenge, ulong iterations);

    [LoggerMessage(8007, LogLevel.Error, "Challenge {Challenge} is given up: its evaluation failed too often")]
    public static partial void GivenUp(ILogger logger, Bytes32 challenge);

    [LoggerMessage(8008, LogLevel.Error, "The timelord's bookkeeping failed; it goes on. A proof that was not handed to the gateways is there for full nodes that ask again")]
    public static partial void UpkeepFailed(ILogger logger, Exception error);
}
