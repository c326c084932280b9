using System.Net;
using System.Net.Sockets;
using Chia.Silo.Node;

namespace Chia.Silo.Hosting;

/// <summary>Finds a port in use before anything starts: said then, it is one line, and nothing that had started has to be ended.</summary>
internal static class FreePorts
{
    /// <exception cref="UserException">One is in use; says whose it is and how it is changed.</exception>
    public static void Require(NodeSettings settings)
    {
        for (var i = 0; i < settings.Roles.Count; i++)
        {
            var (role, name) = (settings.Roles[i], RoleNames.Of(settings.Roles[i].Role));
            Require(role.Address, role.Port, $"of the {name}", i == 0 ? "--port N" : $"--set {name}.port=N");
        }

        if (!settings.Api.MayMove)
            Require(settings.Api.Address, settings.Api.Port, "of the API", "--rpc-port N");
    }

    private static void Require(IPAddress address, int port, string whose, string option)
    {
        if (port == 0)
            return;
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(new IPEndPoint(address, port));
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new UserException($"port {port} {whose} is in use: stop the other program, or choose another with {option}");
        }
        catch (SocketException)
        {
            // No such family here, or no right to it: the listener falls back, or says so.
        }
    }
}
