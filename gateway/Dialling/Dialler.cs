using System.Net.Sockets;
using Chia.Gateway.Connections;
using Chia.GrainInterfaces.Peers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Gateway.Dialling;

/// <summary>Opens connections with Kestrel's socket transport and hands them to the same life as accepted ones.</summary>
internal sealed class Dialler : IDisposable
{
    private readonly SocketConnectionContextFactory _factory =
        new(new SocketConnectionFactoryOptions(), NullLogger.Instance);

    private readonly GatewayOptions _options;
    private readonly ILogger _log;

    public Dialler(GatewayOptions options, ILogger log)
    {
        _options = options;
        _log = log;
    }

    /// <summary>Connects to an address. Null, and a line in the log, if it cannot be reached.</summary>
    public async Task<ConnectionContext?> Dial(PeerEndpoint target, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            deadline.CancelAfter(_options.Limits.DialTimeout);
            await socket.ConnectAsync(target.Host, target.Port, deadline.Token).ConfigureAwait(false);
            KeepAlive.Enable(socket);
            return _factory.Create(socket);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            cancellation.ThrowIfCancellationRequested();
            GatewayLog.DialFailed(_log, target.ToString(), error is SocketException ? error.Message : "no answer in time");
            return null;
        }
    }

    public void Dispose() => _factory.Dispose();
}
