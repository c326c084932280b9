using System.Net;
using System.Net.Sockets;

namespace Chia.Storage.Ports;

/// <summary>Whether a port can be had just now.</summary>
public static class PortTrial
{
    /// <summary>Binds it for a moment; says what came of it.</summary>
    public static SocketError Bind(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(new IPEndPoint(address, port));
            return SocketError.Success;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode;
        }
    }
}
