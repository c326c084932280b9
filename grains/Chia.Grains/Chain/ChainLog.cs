using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Chain;

internal static partial class ChainLog
{
    [LoggerMessage(3001, LogLevel.Information, "Chain loaded: {Blocks} blocks, heaviest tip {Height} {HeaderHash}")]
    public static partial void Loaded(ILogger logger, int blocks, uint height, Bytes32 headerHash);
}
