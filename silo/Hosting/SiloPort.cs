using System.Net;
using System.Net.Sockets;

namespace Chia.Silo.Hosting;

/// <summary>
/// A free port for a silo on loopback, reserved as long as the host lives: several nodes may start side by side, and Orleans' own
/// listener shares a port silently with whoever is there already.
/// </summary>
internal sealed class SiloPort : IDisposable
{
    private readonly Socket _reservation = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public SiloPort()
    {
        // Bound and not listening: the silo's listener, which asks to share as well, gets every connection.
        _reservation.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _reservation.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public int Number => ((IPEndPoint)_reservation.LocalEndPoint!).Port;

    public void Dispose() => _reservation.Dispose();
}
