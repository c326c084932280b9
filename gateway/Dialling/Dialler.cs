using System.Collections.Concurrent;
using System.Net.Sockets;
using Chia.Gateway.Configuration;
using Chia.Gateway.Connections;
using Chia.Gateway.Diagnostics;
using Chia.Protocol.Addresses;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Gateway.Dialling;

/// <summary>Opens connections.</summary>
internal interface IDialler
{
    /// <summary>Connects to an address. Null, and a line in the log, if it cannot be reached.</summary>
    Task<ConnectionContext?> Dial(PeerAddress target, CancellationToken cancellation);

    /// <summary>
    /// Claims an address, from before its dial to the end of its connection, so that nobody is dialled twice; null if somebody else has
    /// claimed it.
    /// </summary>
    IDisposable? TryClaim(PeerAddress target);
}

/// <summary>Opens connections with Kestrel's socket transport and hands them to the same life as accepted ones.</summary>
internal sealed class Dialler : IDialler, IDisposable
{
    private readonly SocketConnectionContextFactory _factory =
        new(new SocketConnectionFactoryOptions { MaxReadBufferSize = GatewayLimits.ReceiveBuffer }, NullLogger.Instance);

    private readonly DialClaims _claims = new();

    private readonly GatewayOptions _options;
    private readonly ILogger _log;

    public Dialler(GatewayOptions options, ILogger log)
    {
        _options = options;
        _log = log;
    }

    /// <inheritdoc/>
    public async Task<ConnectionContext?> Dial(PeerAddress target, CancellationToken cancellation)
    {
        if (_options.Partition?.Separates(target) == true)
        {
            GatewayLog.DialFailed(_log, target.ToString(), "the network is cut between");
            return null;
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            deadline.CancelAfter(_options.Limits.DialTimeout);
            await socket.ConnectAsync(target.Host.ToString(), target.Port, deadline.Token).ConfigureAwait(false);
            PeerSocket.Prepare(socket);
            var connection = _factory.Create(socket);
            _options.Partition?.Connected(target, connection);
            return connection;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            cancellation.ThrowIfCancellationRequested();
            GatewayLog.DialFailed(_log, target.ToString(), error is SocketException ? error.Message : "no answer in time");
            return null;
        }
    }

    /// <inheritdoc/>
    public IDisposable? TryClaim(PeerAddress target) => _claims.TryTake(target);

    public void Dispose() => _factory.Dispose();
}

/// <summary>Addresses that are being dialled or are connected by a dial.</summary>
internal sealed class DialClaims
{
    private readonly ConcurrentDictionary<PeerAddress, byte> _taken = new();

    /// <summary>Claims an address until the result is disposed; null if it is claimed already.</summary>
    public IDisposable? TryTake(PeerAddress target) => _taken.TryAdd(target, 0) ? new Claim(_taken, target) : null;

    private sealed class Claim(ConcurrentDictionary<PeerAddress, byte> taken, PeerAddress address) : IDisposable
    {
        public void Dispose() => taken.TryRemove(address, out _);
    }
}
