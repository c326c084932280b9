using System.Net.Sockets;
using Chia.Gateway.Configuration;

namespace Chia.Gateway.Connections;

/// <summary>
/// What the system is told of every connection to a peer. Keep-alive: the protocol has none of its own, and quiet connections are normal
/// (PROTOCOL.md 1, 11.7). And how much it may take over of what a peer does not read: that is ours to count.
/// </summary>
internal static class PeerSocket
{
    private const int LinuxTcp = 6;
    private const int LinuxNotSentLowWater = 25; // TCP_NOTSENT_LOWAT of linux/tcp.h

    private const int IdleSeconds = 60;
    private const int IntervalSeconds = 15;
    private const int Retries = 4;

    /// <summary>A dead peer is noticed after two minutes of silence; one that does not read holds
    /// <see cref="GatewayLimits.UnsentInSystem"/> of the system's memory, where the system can be told. A connection that has ended by
    /// now is left as it is: whoever reads it finds out, and a peer that resets what it opens is no fault of ours to tell of.</summary>
    public static void Prepare(Socket socket)
    {
        try
        {
            Set(socket);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Over before it began.
        }
    }

    private static void Set(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, IdleSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, IntervalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Retries);
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(LinuxTcp, LinuxNotSentLowWater, BitConverter.GetBytes(GatewayLimits.UnsentInSystem));
    }
}
