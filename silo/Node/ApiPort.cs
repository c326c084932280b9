using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Chia.Silo.Node;

/// <summary>Where the API listens.</summary>
/// <param name="Address">Loopback, unless a token guards it.</param>
/// <param name="Port">TCP port; 0 takes a free one.</param>
/// <param name="MayMove">Nobody asked for just this port: if another program has it, a free one will do.</param>
internal sealed record ApiPort(IPAddress Address, int Port, bool MayMove)
{
    /// <summary>The port that commands ask if nobody names one (OPERATIONS 3).</summary>
    public const int Default = 8555;

    /// <summary>A free port of loopback.</summary>
    public static ApiPort Free { get; } = new(IPAddress.Loopback, 0, false);

    public IPEndPoint EndPoint => new(Address, Port);

    /// <summary>Binds: for Kestrel, which asks for every socket that it listens on.</summary>
    public Socket Bind(EndPoint endpoint)
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }
        catch (SocketException error) when (
            MayMove && error.SocketErrorCode == SocketError.AddressAlreadyInUse && endpoint.Equals(EndPoint))
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(Address, 0));
        }
    }

    /// <summary>The address that a server has, once it listens; the API's is the last that was bound.</summary>
    public static string Url(IServiceProvider services) => Reachable(
        services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Last());

    /// <summary>The address to ask: where the server listens on all addresses, loopback.</summary>
    private static string Reachable(string url) =>
        url.Replace("://0.0.0.0:", "://127.0.0.1:", StringComparison.Ordinal).Replace("://[::]:", "://[::1]:", StringComparison.Ordinal);
}
