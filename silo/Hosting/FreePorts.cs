using System.Net;
using System.Net.Sockets;
using Chia.Silo.Node;
using Chia.Storage.Ports;

namespace Chia.Silo.Hosting;

/// <summary>
/// Finds ports in use, and addresses that this machine does not have, before anything starts: then it is one line, and nothing has to
/// be stopped again.
/// </summary>
internal static class FreePorts
{
    /// <summary>The first of a run of neighbouring ports of loopback that are all free just now, and stay so (<see cref="LastingPorts"/>).
    /// </summary>
    /// <exception cref="UserException">There are none.</exception>
    public static int FindRun(int count)
    {
        try
        {
            return LastingPorts.FindRun(count);
        }
        catch (IOException error)
        {
            throw new UserException(error.Message);
        }
    }

    /// <exception cref="UserException">One cannot be had; says whose it is and how it is changed.</exception>
    public static void Require(NodeSettings settings)
    {
        for (var i = 0; i < settings.Roles.Count; i++)
        {
            var (role, name) = (settings.Roles[i], RoleNames.Of(settings.Roles[i].Role));
            var (port, host) = i == 0 ? ("--port N", "--host A") : ($"--set {name}.port=N", $"--set {name}.host=A");
            Require(role.Address, role.Port, $"of the {name}", port, host);
        }

        var api = settings.Api;
        Require(api.Address, api.MayMove ? 0 : api.Port, "of the API", "--rpc-port N", "--set rpc_host=A");
    }

    /// <exception cref="UserException">It cannot be bound; other reasons than these are left to the listener, which falls back or says
    /// so.</exception>
    private static void Require(IPAddress address, int port, string whose, string portOption, string hostOption)
    {
        switch (PortTrial.Bind(address, port))
        {
            case SocketError.AddressAlreadyInUse:
                throw new UserException($"port {port} {whose} is in use: stop the other program, or choose another with {portOption}");
            case SocketError.AddressNotAvailable:
                throw new UserException($"this machine has no address {address} {whose}: choose one of its own with {hostOption}");
            case SocketError.AccessDenied:
                throw new UserException(
                    $"port {port} {whose} needs rights that this user does not have: choose one above 1023 with {portOption}");
        }
    }
}
