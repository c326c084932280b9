using System.Buffers;
using System.IO.Pipelines;
using Chia.Gateway.Connections.Frames;
using Chia.Gateway.Diagnostics;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol;
using Chia.Protocol.Framing;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Connections;

// The conversation: frames in, messages to the cluster, its verdicts out.
internal sealed partial class PeerLink
{
    /// <summary>Between two looks whether a message is still being handled: most are within milliseconds, and a silo is found dead within
    /// this.</summary>
    internal static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    /// <summary>One may come between the verdict and its arrival.</summary>
    internal const int LooksUntilLost = 2;

    /// <summary>Everything after the handshake. Returns why it ended.</summary>
    private async Task<(DisconnectReason Reason, string Detail)> ExchangeMessages()
    {
        var connection = Connection!;
        _grain = _services.Cluster.GetGrain<IPeerGrain>(connection.GrainKey());
        _reference = _services.Cluster.CreateObjectReference<IPeerObserver>(this);
        if (_origin.AsksForPeers && connection.PeerRole == Role.Introducer)
            Enqueue(MessageRegistry.Encode(new RequestPeersMessage()));
        IsEstablished = true;
        if (await Announce(isAgain: false).ConfigureAwait(false) is { } refused)
            return (refused, "");
        _isLogged = _services.LogBudget.TryTake();
        if (_isLogged)
            GatewayLog.Connected(_services.Log, connection.Describe(), connection.IsOutbound ? "dialled" : "accepted");

        // When the reader ends, the dispatcher handles what was sent before and ends as well. When the cluster wants to close, the
        // dispatcher ends first.
        var dispatching = Dispatch();
        var reading = Read(connection);
        try
        {
            return await dispatching.ConfigureAwait(false) is { } reason ? (reason, "") : await reading.ConfigureAwait(false);
        }
        finally
        {
            // What was received and will not be handled gives its room back.
            await _life.CancelAsync().ConfigureAwait(false);
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (_inbound.Reader.TryRead(out var left))
                left.Lease?.Dispose();
        }
    }

    /// <summary>Receives frames until the connection ends, no faster than their messages are handled. Returns why it ended.</summary>
    private async Task<(DisconnectReason Reason, string Detail)> Read(PeerConnection connection)
    {
        var input = _transport.Transport.Input;
        using var partial = new PartialFrame(
            _services.Limits, _services.Memory.Received, _services.Time, () => CloseBecause(DisconnectReason.UnfinishedFrame));
        try
        {
            while (await ReadMore(input, partial.TimeLeft).ConfigureAwait(false) is { } read)
            {
                var (rest, breach) = await TakeFrames(read.Buffer, connection, partial).ConfigureAwait(false);
                var outlook = FrameLimits.Judge(rest, connection.PeerRole, connection.LocalRole, _requests, out var length);
                var arrived = rest.Length;
                var isComing = outlook == FrameOutlook.Allowed && partial.IsNews(arrived) && FrameLimits.IsAnswer(rest);
                input.AdvanceTo(rest.Start, rest.End);
                if (outlook == FrameOutlook.Forbidden)
                    breach ??= $"announced a frame of {length} bytes that it may not send";
                if (breach is not null)
                {
                    await Penalise(Blame.Breach(breach)).ConfigureAwait(false);
                    return (DisconnectReason.Breach, breach);
                }

                if (read.IsCompleted)
                    return (DisconnectReason.PeerClosed, "");
                if (isComing)
                    await Tell("progress", grain => grain.AnswerProgress()).ConfigureAwait(false);
                partial.Reserve(outlook, length, arrived);
            }

            return (DisconnectReason.UnfinishedFrame, "");
        }
        finally
        {
            _inbound.Writer.TryComplete();
        }
    }

    /// <summary>Waits for more bytes: for ever between two frames, within one as long as its rest may take. Null when that is
    /// over.</summary>
    private async ValueTask<ReadResult?> ReadMore(PipeReader input, TimeSpan? timeLeft)
    {
        if (timeLeft is not { } left)
            return await input.ReadAsync(_life.Token).ConfigureAwait(false);
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

    /// <summary>Queues the messages of all frames that are complete; waits while the queue is full.</summary>
    /// <returns>The bytes behind them, and the breach of the protocol that was found, if one was.</returns>
    private async ValueTask<(ReadOnlySequence<byte> Remaining, string? Breach)> TakeFrames(
        ReadOnlySequence<byte> buffer, PeerConnection connection, PartialFrame partial)
    {
        var began = buffer.Start;
        string? breach;
        while ((breach = Take(ref buffer, connection, partial.Lease, out var message)) is null && message is { } inbound)
        {
            partial.Lease?.Complete(inbound.Message.Size);
            await _inbound.Writer.WriteAsync(inbound, _life.Token).ConfigureAwait(false);
            partial.PassLeaseOn();
        }

        partial.Note(buffer, isAnother: !began.Equals(buffer.Start));
        return (buffer, breach);
    }

    /// <summary>Takes one frame off the buffer. Returns the breach it is, if it is one; no message if the frame is not complete.</summary>
    private static string? Take(
        ref ReadOnlySequence<byte> buffer, PeerConnection connection, LargeFrameBudget.Lease? lease, out Inbound? message)
    {
        message = null;
        var result = FrameReader.TryRead(ref buffer, MessageRegistry.MaxPayload, out var payload);
        if (result == FrameResult.NeedMore)
            return null;
        if (result != FrameResult.Frame)
            return $"sent a frame that is none: {result}";
        var bytes = payload.ToArray();
        var failure = MessageRegistry.TryDecode(bytes, connection.PeerRole, connection.LocalRole, out var decoded);
        if (decoded is null)
            return $"sent what is no message: {failure}";
        message = new Inbound(new PeerMessage(bytes, connection.PeerRole, connection.LocalRole, decoded), lease);
        return null;
    }

    /// <summary>Forwards messages to the cluster one after the other. Returns why to close, or null when the reader is done.</summary>
    private async Task<DisconnectReason?> Dispatch()
    {
        var rates = new RateLimiter(_services.Time);
        await foreach (var inbound in _inbound.Reader.ReadAllAsync(_life.Token).ConfigureAwait(false))
        {
            using var lease = inbound.Lease;
            var definition = MessageRegistry.Find(inbound.Message.Message.Function)!;
            GatewayMeter.Message(_services.Options.Role, definition.Function, inbound.Message.Size, isOutbound: false);
            _traffic.Received(FrameReader.PrefixSize + inbound.Message.Size, inbound.Message.Message);
            if (rates.Take(definition.Function, definition.Rate) is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, _services.Time, _life.Token).ConfigureAwait(false);
            var wasAsked = _requests.Answered(definition, out var after);
            if (wasAsked)
                NoteAnswer(after);
            if (definition.Solicited && !wasAsked)
                await Penalise(Blame.Unhelpful($"answered with {definition.Function} what was not asked")).ConfigureAwait(false);
            else if (inbound.Message.Message is PingMessage)
                Enqueue(MessageRegistry.Encode(new PongMessage()));
            else if (inbound.Message.Message is not PongMessage
                && await HandOver(inbound.Message, definition).ConfigureAwait(false) is { } reason)
                return reason;
        }

        return null;
    }

    /// <summary>A question waits until its sender has read the answers before it. What is answered from the chain or the address book then
    /// waits for its turn among all who ask; why to close, or null. Farmers and harvesters ask each other what only they can answer, and
    /// are slow as disks are: they share nothing.</summary>
    private async Task<DisconnectReason?> HandOver(PeerMessage message, MessageDefinition definition)
    {
        if (definition.Reply is not null)
            await _outbound.WaitUntilRead(_life.Token).ConfigureAwait(false);
        if (definition.Reply is null || _services.Options.Role is not (Role.FullNode or Role.Introducer))
            return await Forward(message, turn: null).ConfigureAwait(false);
        using var turn = await _services.Turns.Take(_asker, _life.Token).ConfigureAwait(false);
        return await Forward(message, turn).ConfigureAwait(false);
    }

    /// <summary>
    /// Hands a message over. While the cluster moves or is away it is tried again, and nothing more is read, so that TCP holds the peer
    /// back; an activation that does not know the connection is told of it first (CLUSTER 5). Why to close, or null.
    /// </summary>
    private async Task<DisconnectReason?> Forward(PeerMessage message, FairTurns.Turn? turn)
    {
        DisconnectReason? refused = null;
        using var activity = GatewayActivity.Frame(Connection!, message);
        try
        {
            var verdict = await _services.Patience.Try(
                async () =>
                {
                    var answer = await Receive(message).ConfigureAwait(false);
                    if (answer.Close != DisconnectReason.Forgotten)
                        return answer;
                    refused = await Announce(isAgain: true).ConfigureAwait(false);
                    return refused is null
                        ? Known(await Receive(message).ConfigureAwait(false))
                        : answer;
                },
                _life.Token).ConfigureAwait(false);
            turn?.Bytes = verdict?.Respond.Sum(frame => (long)frame.Length) ?? 0;
            return refused ?? (verdict is null ? DisconnectReason.ClusterUnreachable : Apply(verdict));
        }
        catch (Exception error) when (!_life.IsCancellationRequested)
        {
            // The cluster is slow: the peer is not to blame, and what was lost will be asked for again.
            GatewayLog.ClusterFailed(_services.Log, message.Message.Function, Describe(), error.Message);
            return null;
        }
    }

    /// <summary>The verdict of an activation that was told of the connection. If it does not know it all the same, it is another one than
    /// was told: silos that end one after the other move a grain more than once.</summary>
    /// <exception cref="SiloUnavailableException">It is another one.</exception>
    private static ConnectionVerdict Known(ConnectionVerdict verdict) => verdict.Close == DisconnectReason.Forgotten
        ? throw new SiloUnavailableException("the activation that was told of the connection is gone")
        : verdict;

    /// <summary>
    /// The verdict on a message, however long it takes. A silo that dies takes along what was on its way to it through another silo, and
    /// nobody says so: an activation that twice in a row handles nothing has not got the message, or has answered somebody who is gone.
    /// </summary>
    /// <exception cref="SiloUnavailableException">It is lost.</exception>
    private async Task<ConnectionVerdict> Receive(PeerMessage message)
    {
        var verdict = _grain!.Receive(message, _life.Token);
        for (var idle = 0; idle < LooksUntilLost;)
        {
            try
            {
                return await verdict.WaitAsync(LookInterval, _services.Time, _life.Token).ConfigureAwait(false);
            }
            catch (TimeoutException) when (!verdict.IsCompleted)
            {
                idle = await HandlesNothing().ConfigureAwait(false) ? idle + 1 : 0;
            }
        }

        throw new SiloUnavailableException("the silo that was handling it is gone");
    }

    private async Task<bool> HandlesNothing()
    {
        try
        {
            return await _grain!.CountOpen().WaitAsync(_life.Token).ConfigureAwait(false) == 0;
        }
        catch (Exception) when (!_life.IsCancellationRequested)
        {
            // The cluster moves: the next look tells.
            return false;
        }
    }

    /// <summary>Tells the peer's grain of the connection, as often as it takes; what our role says first goes out. Why to close, or
    /// null.</summary>
    /// <param name="isAgain">It was told before.</param>
    internal async Task<DisconnectReason?> Announce(bool isAgain)
    {
        if (_grain is null || _reference is null)
            return null;
        var told = isAgain ? Connection! with { Age = Age } : Connection!;
        var verdict = await _services.Patience
            .Try(() => _grain.Connected(told, _reference, isAgain).WaitAsync(_life.Token), _life.Token, mayRepeat: true)
            .ConfigureAwait(false);
        return verdict is null ? DisconnectReason.ClusterUnreachable : Apply(verdict);
    }

    /// <summary>A role or directory that lives elsewhere since is told of the connection; it closes if that says so.</summary>
    internal async Task AnnounceAgain()
    {
        if (IsEstablished && await Announce(isAgain: true).ConfigureAwait(false) is { } reason)
            CloseBecause(reason);
    }

    private Task Penalise(Blame blame) => Tell("blame", grain => grain.Penalise(blame));

    /// <summary>Tells the cluster something that it can do without.</summary>
    private async Task Tell(string what, Func<IPeerGrain, Task> call)
    {
        try
        {
            await call(_grain!).ConfigureAwait(false);
        }
        catch (Exception error) when (!_life.IsCancellationRequested)
        {
            GatewayLog.ClusterFailed(_services.Log, what, Describe(), error.Message);
        }
    }

    /// <summary>Who answers soon is worth his place.</summary>
    private void NoteAnswer(TimeSpan after)
    {
        if (_place is null)
            return;
        _place.LastAnswer = _services.Links.Places.Now;
        if (_place.FastestAnswer is not { } fastest || after < fastest)
            _place.FastestAnswer = after;
    }

    private DisconnectReason? Apply(ConnectionVerdict verdict)
    {
        if (verdict.WasNews && _place is not null)
            _place.LastNews = _services.Links.Places.Now;
        foreach (var frame in verdict.Respond)
            Enqueue(frame);
        return verdict.Close;
    }

    private readonly record struct Inbound(PeerMessage Message, LargeFrameBudget.Lease? Lease);
}
