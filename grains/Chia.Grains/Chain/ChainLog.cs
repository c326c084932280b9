using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Chain;

internal static partial class ChainLog
{
    [LoggerMessage(3001, LogLevel.Information, "Chain loaded: {Blocks} blocks, heaviest tip {Height} {HeaderHash}")]
    public static partial void Loaded(ILogger logger, int blocks, uint height, Bytes32 headerHash);

    [LoggerMessage(
        3002, LogLevel.Error,
        "Blocks cannot be stored: {Why}. It is tried again every few seconds; nothing that was acknowledged is lost")]
    public static partial void StoreRefuses(ILogger logger, string why);

    [LoggerMessage(3003, LogLevel.Information, "Blocks can be stored again")]
    public static partial void StoreTakes(ILogger logger);
}
