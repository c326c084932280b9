using System.Threading.Channels;
using Chia.Gateway.Connections.Entry;
using Chia.Gateway.Connections.Frames;
using Chia.Gateway.Connections.Queues;
using Chia.Gateway.Diagnostics;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol;
using Chia.Protocol.Addresses;
using Chia.Protocol.Framing;
using Chia.Protocol.Handshake;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Microsoft.AspNetCore.Connections;

namespace Chia.Gateway.Connections;

/// <summary>
/// One connection from the first byte to the last: handshake, then a reader, a dispatcher and a writer side by side. The only place where
/// a connection lives and dies, whoever dialled.
/// </summary>
internal sealed partial class PeerLink : IPeerObserver
{
    private readonly LinkServices _services;
    private readonly long _began;
    private readonly LinkOrigin _origin;
    private readonly ConnectionContext _transport;
    private readonly OutboundQueue _outbound;
    private readonly OpenRequests _requests;
    private readonly TrafficCount _traffic = new();
    private readonly FairTurns.Asker _asker = new();
    private readonly Place? _place;
    private readonly Channel<Inbound> _inbound;
    private readonly CancellationTokenSource _life;
    private IPeerGrain? _grain;
    private IPeerObserver? _reference;
    private readonly Lock _closing = new();
    private DisconnectReason? _closeReason;
    private bool _isLogged;

    /// <param name="services">What all connections share.</param>
    /// <param name="origin">How it came to be.</param>
    /// <param name="transport">The socket.</param>
    /// <param name="place">The place of an accepted connection; null if we dialled.</param>
    /// <param name="stopping">The gateway stops.</param>
    public PeerLink(LinkServices services, LinkOrigin origin, ConnectionContext transport, Place? place, CancellationToken stopping)
    {
        _services = services;
        _began = services.Time.GetTimestamp();
        _origin = origin;
        _transport = transport;
        ConnectionId = ConnectionId.New();
        _place = place;
        _requests = new OpenRequests(services.Time);
        _outbound = new OutboundQueue(
            services.Limits, services.Memory.Sent, services.Time, () => CloseBecause(DisconnectReason.SendMemoryExhausted));
        if (place is not null)
            place.Evict = () => CloseBecause(DisconnectReason.Evicted);
        _inbound = Channel.CreateBounded<Inbound>(
            new BoundedChannelOptions(services.Limits.InboundQueue) { SingleReader = true, SingleWriter = true });
        _life = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    }

    /// <summary>Unique in the cluster.</summary>
    public ConnectionId ConnectionId { get; }

    /// <summary>How long the connection has existed.</summary>
    public TimeSpan Age => _services.Time.GetElapsedTime(_began);

    /// <summary>What is known of the peer, from its handshake on; null before.</summary>
    public PeerConnection? Connection { get; private set; }

    /// <summary>The handshake is done: broadcasts may go out.</summary>
    public bool IsEstablished { get; private set; }

    /// <summary>Runs the connection to its end and cleans up behind it.</summary>
    public async Task<LinkEnd> Run()
    {
        _services.Options.ConnectionBegins?.Invoke();
        _services.Links.Add(this);
        var writing = Write();
        var end = new LinkEnd(false, null, DisconnectReason.Stopping);
        try
        {
            end = await RunHandshake().ConfigureAwait(false);
            if (end.Failure is null)
            {
                var (reason, detail) = await ExchangeMessages().ConfigureAwait(false);
                end = end with { Reason = _closeReason ?? reason, Detail = detail };
            }
        }
        catch (OperationCanceledException) when (_life.IsCancellationRequested)
        {
            end = Interrupted(_closeReason ?? DisconnectReason.Stopping);
        }
        catch (IOException)
        {
            // ConnectionResetException and ConnectionAbortedException are of this kind.
            end = Interrupted(_closeReason ?? DisconnectReason.Broken);
        }
        catch (Exception error)
        {
            // A fault of ours in this one place must not take the process down with it.
            GatewayLog.LinkFailed(_services.Log, error, Describe());
            end = Interrupted(DisconnectReason.InternalError);
        }

        await End(writing, end).ConfigureAwait(false);
        return end;
    }

    /// <summary>Queues a frame; a full queue ends the connection and nothing else.</summary>
    public void Enqueue(byte[] frame) => Enqueue(frame, MessageRegistry.FunctionOf(frame.AsSpan(FrameReader.PrefixSize)));

    /// <summary>Queues a frame that many connections get: its definition was read once for all of them.</summary>
    public void Enqueue(byte[] frame, MessageDefinition? definition)
    {
        _requests.Sent(definition);
        _traffic.Sent(frame.Length);
        if (definition is not null)
            GatewayMeter.Message(_services.Options.Role, definition.Function, frame.Length, isOutbound: true);
        if (!_outbound.TryEnqueue(frame))
            CloseBecause(DisconnectReason.DoesNotRead);
    }

    /// <inheritdoc/>
    public Task Deliver(byte[][] frames)
    {
        foreach (var frame in frames)
            Enqueue(frame);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<PeerTraffic> GetTraffic() => Task.FromResult(_traffic.Total);

    /// <inheritdoc/>
    public Task Close(DisconnectReason reason)
    {
        CloseBecause(reason);
        return Task.CompletedTask;
    }

    public string Describe() => Connection?.Describe() ?? _transport.RemoteEndPoint?.ToString() ?? ConnectionId.ToString();

    private LinkEnd Interrupted(DisconnectReason reason) => new(IsEstablished, null, reason);

    private void CloseBecause(DisconnectReason reason)
    {
        lock (_closing)
            _closeReason ??= reason;
        try
        {
            _life.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended already; whoever still wants to send or to close is late, not wrong.
        }
    }

    private async Task Write()
    {
        try
        {
            await _outbound.WriteAll(_transport.Transport.Output, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            CloseBecause(DisconnectReason.DoesNotRead);
        }
        catch (Exception error) when (
            error is IOException or InvalidOperationException or ConnectionAbortedException or ConnectionResetException)
        {
            CloseBecause(DisconnectReason.Broken);
        }
    }

    /// <summary>Lets what is queued go out for a moment; then removes the socket and every trace of the connection.</summary>
    private async Task End(Task writing, LinkEnd end)
    {
        IsEstablished = false;
        _services.Links.Remove(this);
        _outbound.Complete();
        if (_closeReason is null)
            await Task.WhenAny(writing, Task.Delay(_services.Limits.DrainTimeout, _services.Time)).ConfigureAwait(false);
        _outbound.Dispose();
        await _life.CancelAsync().ConfigureAwait(false);
        await _transport.Transport.Input.CompleteAsync().ConfigureAwait(false);
        await _transport.Transport.Output.CompleteAsync().ConfigureAwait(false);
        if (!writing.IsCompleted)
            _transport.Abort();
        else
            _ = AbortUnlessClosed();
        Report(end);
        await Unregister(end).ConfigureAwait(false);
        _life.Dispose();
    }

    private void Report(LinkEnd end)
    {
        if (end.Reason == DisconnectReason.Banned)
            _services.Links.Bans.Add(PeerHost.Parse(Connection!.RemoteHost));
        if (end.Failure is not { } failure)
        {
            GatewayMeter.Disconnected(end.Reason);
            if (_isLogged && _services.LogBudget.TryTake())
                GatewayLog.Disconnected(_services.Log, Describe(), end.Describe());
            else
                GatewayLog.DisconnectedQuietly(_services.Log, Describe(), end.Describe());
            return;
        }

        // Strangers may fail as often as they like, and of two that dial each other one always does: neither is worth a line.
        GatewayMeter.HandshakeFailed(failure);
        if (_origin.Dialled is not null && failure != HandshakeFailure.Duplicate)
            GatewayLog.HandshakeFailed(_services.Log, Describe(), failure, end.Detail);
        else
            GatewayLog.HandshakeFailedQuietly(_services.Log, Describe(), failure, end.Detail);
    }

    /// <summary>
    /// Aborts a connection that does not close: a peer that takes nothing any more would keep its socket, and whoever waits for its
    /// end, for ever.
    /// </summary>
    private async Task AbortUnlessClosed()
    {
        await Task.Delay(_services.Limits.DrainTimeout, _services.Time, _transport.ConnectionClosed)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_transport.ConnectionClosed.IsCancellationRequested)
            _transport.Abort();
    }

    /// <summary>
    /// Tells the grain first: while it knows of us it may call, and Orleans complains of a call to a reference that is gone.
    /// </summary>
    private async Task Unregister(LinkEnd end)
    {
        try
        {
            if (_grain is not null)
                await _grain.Disconnected(Connection!, end.Reason).ConfigureAwait(false);
            else if (Connection is not null)
                await _services.Directory.Remove(ConnectionId).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            GatewayLog.ClusterFailed(_services.Log, "disconnect", Describe(), error.Message);
        }
        finally
        {
            if (_reference is not null)
                _services.Cluster.DeleteObjectReference<IPeerObserver>(_reference);
        }
    }
}
