using System.Net;
using Chia.Protocol.Handshake;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Gateway.Diagnostics;

internal static partial class GatewayLog
{
    [LoggerMessage(4001, LogLevel.Information, "{Role} listens on {Address}")]
    public static partial void Listening(ILogger logger, Role role, IPEndPoint address);

    [LoggerMessage(4002, LogLevel.Information, "Connected to {Peer} ({How})")]
    public static partial void Connected(ILogger logger, string peer, string how);

    [LoggerMessage(4003, LogLevel.Information, "Disconnected from {Peer}: {Reason}")]
    public static partial void Disconnected(ILogger logger, string peer, string reason);

    [LoggerMessage(4004, LogLevel.Information, "Handshake with {Peer} failed: {Failure}: {Detail}")]
    public static partial void HandshakeFailed(ILogger logger, string peer, HandshakeFailure failure, string detail);

    [LoggerMessage(4005, LogLevel.Debug, "Cannot reach {Target}: {Why}")]
    public static partial void DialFailed(ILogger logger, string target, string why);

    [LoggerMessage(4006, LogLevel.Warning, "Cannot reach {Target} ({Why}); it is tried again for ever")]
    public static partial void ConfiguredPeerUnreachable(ILogger logger, string target, string why);

    [LoggerMessage(4007, LogLevel.Warning, "The cluster did not handle {Function} from {Peer} ({Why}); the connection stays")]
    public static partial void ClusterFailed(ILogger logger, string function, string peer, string why);

    [LoggerMessage(4008, LogLevel.Error, "The connection to {Peer} ended by a fault of ours")]
    public static partial void LinkFailed(ILogger logger, Exception error, string peer);

    [LoggerMessage(4009, LogLevel.Information, "Broadcasts to {Audience} were lost before number {Sequence}: asking where we are")]
    public static partial void BroadcastGap(ILogger logger, Role audience, long sequence);

    [LoggerMessage(4014, LogLevel.Information, "Broadcasts to {Audience} up to number {Sequence} never came: asking where we are")]
    public static partial void BroadcastLost(ILogger logger, Role audience, long sequence);

    [LoggerMessage(4010, LogLevel.Debug, "Connection from {Address} refused: {Why}")]
    public static partial void Refused(ILogger logger, string address, string why);

    [LoggerMessage(4011, LogLevel.Warning, "The gateway's upkeep failed ({Why}); it is tried again")]
    public static partial void UpkeepFailed(ILogger logger, string why);

    [LoggerMessage(4012, LogLevel.Debug, "Handshake with {Peer} failed: {Failure}: {Detail}")]
    public static partial void HandshakeFailedQuietly(ILogger logger, string peer, HandshakeFailure failure, string detail);

    [LoggerMessage(4013, LogLevel.Debug, "Disconnected from {Peer}: {Reason}")]
    public static partial void DisconnectedQuietly(ILogger logger, string peer, string reason);
}
