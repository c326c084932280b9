using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Farmer;

internal static partial class FarmerLog
{
    [LoggerMessage(
        6001, LogLevel.Information, "Challenge {Challenge} at height {Height}, weight {Weight}: asking {Harvesters} harvesters")]
    public static partial void Challenge(ILogger logger, Bytes32 challenge, uint height, ulong weight, int harvesters);

    [LoggerMessage(
        6002, LogLevel.Information,
        "Proof of space for height {Height}, k = {Size}, about {Seconds:0} s: asking {Nodes} full nodes for a header")]
    public static partial void Proof(ILogger logger, uint height, int size, double seconds, int nodes);

    [LoggerMessage(6003, LogLevel.Information, "Header {HeaderHash} for height {Height} is signed")]
    public static partial void Signed(ILogger logger, Bytes32 headerHash, uint height);

    [LoggerMessage(6004, LogLevel.Debug, "A share for the pool: quality {Quality}")]
    public static partial void Share(ILogger logger, Bytes32 quality);

    [LoggerMessage(6005, LogLevel.Warning, "No proof came for quality {Quality}: the harvester or its plot is not well")]
    public static partial void GivenUp(ILogger logger, Bytes32 quality);
}
