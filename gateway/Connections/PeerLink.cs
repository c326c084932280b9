using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol;
using Chia.Protocol.Framing;
using Chia.Protocol.Handshake;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Microsoft.AspNetCore.Connections;

namespace Chia.Gateway.Connections;

/// <summary>
/// One connection from the first byte to the last: handshake, then a reader, a dispatcher and a writer side by side. The only place where a
/// connection lives and dies, whoever dialled.
/// </summary>
internal sealed class PeerLink : IPeerObserver
{
    private readonly LinkServices _services;
    private readonly LinkOrigin _origin;
    private readonly ConnectionContext _transport;
    private readonly OutboundQueue _outbound;
    private readonly OpenRequests _requests = new();
    private readonly Channel<Inbound> _inbound;
    private readonly CancellationTokenSource _life;
    private IPeerGrain? _grain;
    private IPeerObserver? _reference;
    private string? _closeReason;

    public PeerLink(LinkServices services, LinkOrigin origin, ConnectionContext transport, CancellationToken stopping)
    {
        _services = services;
        _origin = origin;
        _transport = transport;
        ConnectionId = Guid.NewGuid().ToString("n");
        _outbound = new OutboundQueue(services.Limits, services.Time);
        _inbound = Channel.CreateBounded<Inbound>(new BoundedChannelOptions(services.Limits.InboundQueue) { SingleReader = true, SingleWriter = true });
        _life = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    }

    /// <summary>Unique in the cluster.</summary>
    public string ConnectionId { get; }

    /// <summary>Known from the peer's handshake on.</summary>
    public PeerConnection? Connection { get; private set; }

    /// <summary>The handshake is done: broadcasts may go out.</summary>
    public bool IsEstablished { get; private set; }

    /// <summary>Runs the connection to its end and cleans up behind it.</summary>
    public async Task<LinkEnd> Run()
    {
        _services.Links.Add(this);
        var writing = Write();
        var end = new LinkEnd(false, null, null, "the gateway stops");
        try
        {
            end = await Shake().ConfigureAwait(false);
            if (end.Failure is null)
            {
                var reason = await Converse().ConfigureAwait(false);
                end = end with { Reason = _closeReason ?? reason };
            }
        }
        catch (OperationCanceledException) when (_life.IsCancellationRequested)
        {
            end = end with { WasEstablished = IsEstablished, PeerNodeId = Connection?.PeerNodeId, Reason = _closeReason ?? "the gateway stops" };
        }
        catch (IOException)
        {
            // ConnectionResetException and ConnectionAbortedException are of this kind.
            end = end with { WasEstablished = IsEstablished, PeerNodeId = Connection?.PeerNodeId, Reason = _closeReason ?? "the connection broke" };
        }
        catch (Exception error)
        {
            // A fault of ours in this one place must not take the process down with it.
            GatewayLog.LinkFailed(_services.Log, error, Describe());
            end = end with { WasEstablished = IsEstablished, Reason = "an internal error" };
        }

        await End(writing, end).ConfigureAwait(false);
        return end;
    }

    /// <summary>Queues a frame; a full queue ends the connection and nothing else.</summary>
    public void Enqueue(byte[] frame)
    {
        _requests.Sent(frame);
        if (!_outbound.TryEnqueue(frame))
            CloseBecause("the peer does not read what it is sent");
    }

    /// <inheritdoc/>
    public Task Deliver(byte[] frame)
    {
        Enqueue(frame);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Close(string reason)
    {
        CloseBecause(reason);
        return Task.CompletedTask;
    }

    public string Describe() => Connection?.Describe() ?? _transport.RemoteEndPoint?.ToString() ?? ConnectionId;

    private void CloseBecause(string reason)
    {
        Interlocked.CompareExchange(ref _closeReason, reason, null);
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
            CloseBecause("the peer does not read what it is sent");
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or ConnectionAbortedException or ConnectionResetException)
        {
            CloseBecause("the connection broke");
        }
    }

    private async Task<LinkEnd> Shake()
    {
        using var timeout = new CancellationTokenSource(_services.Limits.HandshakeTimeout, _services.Time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_life.Token, timeout.Token);
        var policy = new HandshakePolicy(_services.Options.Network.AcceptAnyNetworkId);
        var machine = new HandshakeMachine(_services.Identity, policy);
        try
        {
            var effects = machine.Start();
            while (true)
            {
                if (await CarryOut(machine, effects).ConfigureAwait(false) is { } end)
                    return end;
                var frame = await HandshakeFrame.Read(_transport.Transport.Input, deadline.Token).ConfigureAwait(false);
                effects = frame.Payload is { } payload
                    ? machine.Receive(payload)
                    : machine.Abort(frame.Failure, frame.Failure.ToString());
            }
        }
        catch (OperationCanceledException) when (!_life.IsCancellationRequested)
        {
            return await CarryOut(machine, machine.Abort(HandshakeFailure.TimedOut, "no handshake in time")).ConfigureAwait(false)
                ?? new LinkEnd(false, HandshakeFailure.TimedOut, machine.Peer?.NodeId, "no handshake in time");
        }
    }

    /// <summary>Carries out the handshake's effects; the end of the handshake, or null if it goes on.</summary>
    private async Task<LinkEnd?> CarryOut(HandshakeMachine machine, IReadOnlyList<HandshakeEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case HandshakeEffect.WriteFrame write:
                    Enqueue(write.Frame.ToArray());
                    break;
                case HandshakeEffect.Register register:
                    Connection = Facts(register.Peer);
                    var outcome = await _services.Directory.Register(Connection).ConfigureAwait(false);
                    return await CarryOut(machine, machine.Registered(ToRegistration(outcome))).ConfigureAwait(false);
                case HandshakeEffect.Release:
                    await _services.Directory.Remove(ConnectionId).ConfigureAwait(false);
                    break;
                case HandshakeEffect.Established established:
                    return new LinkEnd(true, null, established.Peer.NodeId, "");
                case HandshakeEffect.Fail fail:
                    return new LinkEnd(false, fail.Reason, machine.Peer?.NodeId, fail.Detail);
            }
        }

        return null;
    }

    /// <summary>Everything after the handshake. Returns why it ended.</summary>
    private async Task<string> Converse()
    {
        var connection = Connection!;
        _grain = _services.Cluster.GetGrain<IPeerGrain>(connection.GrainKey());
        _reference = _services.Cluster.CreateObjectReference<IPeerObserver>(this);
        if (_origin.AsksForPeers)
            Enqueue(MessageRegistry.Encode(new RequestPeersMessage()));
        IsEstablished = true;
        GatewayLog.Connected(_services.Log, connection.Describe(), connection.IsOutbound ? "dialled" : "accepted");
        var verdict = await _grain.Connected(connection, _reference).ConfigureAwait(false);
        if (Obey(verdict) is { } refused)
            return refused;

        // The reader ends first when the peer closes: what it sent before is still handled. The dispatcher ends first when the cluster wants to close.
        var dispatching = Dispatch();
        var reading = Read(connection);
        try
        {
            if (await Task.WhenAny((Task)dispatching, reading).ConfigureAwait(false) == reading)
                return await dispatching.ConfigureAwait(false) ?? await reading.ConfigureAwait(false);
            await _life.CancelAsync().ConfigureAwait(false);
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return await dispatching.ConfigureAwait(false) ?? "the connection broke";
        }
        finally
        {
            // Both have ended. What was received and will not be handled gives its room back.
            while (_inbound.Reader.TryRead(out var left))
                left.Lease?.Dispose();
        }
    }

    /// <summary>Peels off frames and decodes them, no faster than they are handled.</summary>
    private async Task<string> Read(PeerConnection connection)
    {
        var input = _transport.Transport.Input;
        LargeFrameBudget.Lease? lease = null;
        long? frameSince = null;
        try
        {
            while (true)
            {
                if (await ReadMore(input, frameSince).ConfigureAwait(false) is not { } read)
                    return "did not finish a frame in time";
                var buffer = read.Buffer;
                var began = buffer.Start;
                string? breach;
                while ((breach = Take(ref buffer, connection, lease, out var message)) is null && message is { } inbound)
                {
                    await _inbound.Writer.WriteAsync(inbound, _life.Token).ConfigureAwait(false);
                    lease = null;
                }

                if (buffer.IsEmpty)
                    frameSince = null;
                else if (frameSince is null || !began.Equals(buffer.Start))
                    frameSince = _services.Time.GetTimestamp();
                var outlook = FrameLimits.Judge(buffer, connection.PeerRole, connection.LocalRole, _requests, out var length);
                input.AdvanceTo(buffer.Start, buffer.End);
                if (outlook == FrameOutlook.Forbidden)
                    breach ??= $"announced a frame of {length} bytes that it may not send";
                if (breach is not null)
                {
                    await Penalise(Blame.Breach(breach)).ConfigureAwait(false);
                    return breach;
                }

                if (read.IsCompleted)
                    return "the peer closed the connection";
                if (outlook == FrameOutlook.Allowed && length > _services.Limits.LargeFrame && lease is null)
                    lease = await _services.LargeFrames.Take(length, _life.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            lease?.Dispose();
            _inbound.Writer.TryComplete();
        }
    }

    /// <summary>Waits for more bytes: for ever between frames; within one until <see cref="GatewayLimits.FrameTimeout"/> after its beginning, then null.</summary>
    private async ValueTask<ReadResult?> ReadMore(PipeReader input, long? frameSince)
    {
        if (frameSince is not { } since)
            return await input.ReadAsync(_life.Token).ConfigureAwait(false);
        var left = _services.Limits.FrameTimeout - _services.Time.GetElapsedTime(since);
        if (left <= TimeSpan.Zero)
            return null;
        using var timeout = new CancellationTokenSource(left, _services.Time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_life.Token, timeout.Token);
        try
        {
            return await input.ReadAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_life.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Takes one frame off the buffer. Returns the breach it is, if it is one; no message if the frame is not complete.</summary>
    private static string? Take(
        ref System.Buffers.ReadOnlySequence<byte> buffer, PeerConnection connection, LargeFrameBudget.Lease? lease, out Inbound? message)
    {
        message = null;
        var result = FrameReader.TryRead(ref buffer, MessageRegistry.MaxPayload, out var payload);
        if (result == FrameResult.NeedMore)
            return null;
        if (result != FrameResult.Frame)
            return $"sent a frame that is none: {result}";
        var bytes = System.Buffers.BuffersExtensions.ToArray(payload);
        var failure = MessageRegistry.TryDecode(bytes, connection.PeerRole, connection.LocalRole, out var decoded);
        if (decoded is null)
            return $"sent what is no message: {failure}";
        message = new Inbound(new PeerMessage(bytes, connection.PeerRole, connection.LocalRole, decoded), lease);
        return null;
    }

    /// <summary>Hands messages to the cluster one after the other and obeys. Returns why to close, or null when the reader is done.</summary>
    private async Task<string?> Dispatch()
    {
        var rates = new RateLimiter(_services.Time);
        await foreach (var inbound in _inbound.Reader.ReadAllAsync(_life.Token).ConfigureAwait(false))
        {
            using var lease = inbound.Lease;
            var definition = MessageRegistry.Find(inbound.Message.Message.Function)!;
            if (rates.Take(definition.Function, definition.Rate) is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, _services.Time, _life.Token).ConfigureAwait(false);
            if (definition.Solicited && !_requests.Answered(definition))
                await Penalise(Blame.Unhelpful($"answered with {definition.Function} what was not asked")).ConfigureAwait(false);
            else if (inbound.Message.Message is PingMessage)
                Enqueue(MessageRegistry.Encode(new PongMessage()));
            else if (inbound.Message.Message is not PongMessage && await Hand(inbound.Message).ConfigureAwait(false) is { } reason)
                return reason;
        }

        return null;
    }

    private async Task<string?> Hand(PeerMessage message)
    {
        try
        {
            return Obey(await _grain!.Receive(message).WaitAsync(_life.Token).ConfigureAwait(false));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The cluster is slow or moving: the peer is not to blame, and what was lost will be asked for again.
            GatewayLog.ClusterFailed(_services.Log, message.Message.Function, Describe(), error.Message);
            return null;
        }
    }

    private async Task Penalise(Blame blame)
    {
        try
        {
            await _grain!.Penalise(blame).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            GatewayLog.ClusterFailed(_services.Log, "blame", Describe(), error.Message);
        }
    }

    private string? Obey(ConnectionVerdict verdict)
    {
        foreach (var frame in verdict.Respond)
            Enqueue(frame);
        return verdict.Close;
    }

    /// <summary>What is queued may still go out, for a moment; then the socket and every trace of the connection go.</summary>
    private async Task End(Task writing, LinkEnd end)
    {
        IsEstablished = false;
        _services.Links.Remove(this);
        _outbound.Complete();
        if (_closeReason is null)
            await Task.WhenAny(writing, Task.Delay(_services.Limits.DrainTimeout, _services.Time)).ConfigureAwait(false);
        await _life.CancelAsync().ConfigureAwait(false);
        await _transport.Transport.Input.CompleteAsync().ConfigureAwait(false);
        await _transport.Transport.Output.CompleteAsync().ConfigureAwait(false);
        if (!writing.IsCompleted)
            _transport.Abort();
        else
            _ = AbortUnlessClosed();
        if (end.WasEstablished || end.Failure is null)
            GatewayLog.Disconnected(_services.Log, Describe(), end.Reason);
        else
            GatewayLog.HandshakeFailed(_services.Log, Describe(), end.Failure.Value, end.Reason);
        await Unregister(end).ConfigureAwait(false);
        _life.Dispose();
    }

    /// <summary>A peer that takes nothing any more would keep the socket, and whoever waits for its end, for ever.</summary>
    private async Task AbortUnlessClosed()
    {
        await Task.Delay(_services.Limits.DrainTimeout, _services.Time, _transport.ConnectionClosed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_transport.ConnectionClosed.IsCancellationRequested)
            _transport.Abort();
    }

    private async Task Unregister(LinkEnd end)
    {
        try
        {
            if (_reference is not null)
                _services.Cluster.DeleteObjectReference<IPeerObserver>(_reference);
            if (_grain is not null)
                await _grain.Disconnected(end.Reason).ConfigureAwait(false);
            else if (Connection is not null)
                await _services.Directory.Remove(ConnectionId).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            GatewayLog.ClusterFailed(_services.Log, "disconnect", Describe(), error.Message);
        }
    }

    private PeerConnection Facts(HandshakeIdentity peer)
    {
        var remote = _transport.RemoteEndPoint as IPEndPoint;
        var address = remote?.Address ?? IPAddress.None;
        return new PeerConnection(
            ConnectionId,
            _services.Options.Node,
            _services.Options.Role,
            peer.NodeType,
            _services.Identity.NodeId,
            peer.NodeId,
            (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString(),
            remote?.Port ?? 0,
            peer.ServerPort,
            _origin.Dialled is not null,
            _origin.IsConfigured,
            _services.GatewayId,
            _services.Time.GetUtcNow());
    }

    private static HandshakeRegistration ToRegistration(RegistrationOutcome outcome) => outcome switch
    {
        RegistrationOutcome.Accepted => HandshakeRegistration.Accepted,
        RegistrationOutcome.Duplicate => HandshakeRegistration.Duplicate,
        _ => HandshakeRegistration.Refused,
    };

    private readonly record struct Inbound(PeerMessage Message, LargeFrameBudget.Lease? Lease);
}
