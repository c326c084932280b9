using System.Net;
using System.Net.Sockets;
using Chia.Silo.Node;

namespace Chia.Silo.Hosting;

/// <summary>Finds a port in use before anything starts: said then, it is one line, and nothing that had started has to be ended.</summary>
internal static class FreePorts
{
    /// <summary>Below the ports that systems give to outgoing connections (32768 on Linux): what is free here stays so for a
    /// while.</summary>
    private static readonly (int First, int End) Lasting = (10_000, 32_000);

    private const int Attempts = 200;

    /// <summary>The first of so many neighbouring ports of loopback that nobody has just now.</summary>
    /// <exception cref="UserException">There are none.</exception>
    public static int FindRun(int count)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var first = Random.Shared.Next(Lasting.First, Lasting.End - count);
            if (Enumerable.Range(first, count).All(port => IsFree(IPAddress.Loopback, port)))
                return first;
        }

        throw new UserException($"no {count} neighbouring ports of this machine are free: stop other programs");
    }

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
        if (port != 0 && !IsFree(address, port))
            throw new UserException($"port {port} {whose} is in use: stop the other program, or choose another with {option}");
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
        catch (SocketException)
        {
            // No such family here, or no right to it: the listener falls back, or says so.
            return true;
        }
    }
}
