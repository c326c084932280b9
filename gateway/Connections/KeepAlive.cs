using System.Net.Sockets;

namespace Chia.Gateway.Connections;

/// <summary>TCP keep-alive: the protocol has none of its own, and quiet connections are normal (PROTOCOL.md 1, 11.7).</summary>
internal static class KeepAlive
{
    private const int IdleSeconds = 60;
    private const int IntervalSeconds = 15;
    private const int Retries = 4;

    /// <summary>A dead peer is noticed after two minutes of silence.</summary>
    public static void Enable(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, IdleSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, IntervalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Retries);
    }
}
