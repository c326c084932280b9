using Chia.GrainInterfaces.Clusters;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace Chia.Grains.Peers;

/// <summary>One connected peer: hands its messages to our role's handler, carries out the effects, keeps the line to its
/// gateway.</summary>
[Reentrant] // The verdict on a message may be long in coming; broadcasts, blames and the end of the connection do not wait for it.
[KeepAlive] // A quiet connection is still a connection; the grain ends with it.
[RandomPlacement] // Left to itself, Orleans puts all new ones on the newest silo.
internal sealed class PeerGrain : Grain, IPeerGrain
{
    private readonly ILogger<PeerGrain> _log;
    private PeerConnection? _connection;
    private IPeerObserver? _observer;
    private readonly HashSet<Task> _calls = [];
    private IRoleGrain? _role;
    private ISyncGrain? _sync;
    private int _open;
    private bool _hasEnded;

    /// <summary>Constructed by Orleans, with services of the silo.</summary>
    public PeerGrain(ILogger<PeerGrain> log) => _log = log;

    /// <inheritdoc/>
    public async Task<ConnectionVerdict> Connected(PeerConnection connection, IPeerObserver observer, bool isAgain)
    {
        (_connection, _observer, _hasEnded) = (connection, observer, false);
        if (!await Directory(connection).Established(new PeerLine(connection, observer), isAgain))
            return new ConnectionVerdict([], DisconnectReason.Replaced);
        try
        {
            return await CarryOut(connection, await RoleOf(connection).Connected(connection));
        }
        catch (Exception error) when (CallFaults.Of(error) != CallFault.SiloGone)
        {
            // An error in what we say first must not cost the connection (PROTOCOL.md 11.6).
            PeersLog.GreetingFailed(_log, error, connection.Describe());
            return ConnectionVerdict.Continue;
        }
    }

    /// <inheritdoc/>
    public async Task<ConnectionVerdict> Receive(PeerMessage message, CancellationToken cancellation)
    {
        if (_connection is not { } connection)
            return new ConnectionVerdict([], DisconnectReason.Forgotten);
        _open++;
        try
        {
            return await Receive(connection, message, cancellation);
        }
        finally
        {
            _open--;
        }
    }

    /// <inheritdoc/>
    public Task<int> CountOpen() => Task.FromResult(_open);

    private async Task<ConnectionVerdict> Receive(PeerConnection connection, PeerMessage message, CancellationToken cancellation)
    {
        HandlerResult result;
        try
        {
            result = await Handle(connection, message, cancellation);
        }
        catch (Exception error) when (CallFaults.Of(error) != CallFault.SiloGone)
        {
            // A fault of ours never costs a peer its connection; the message is lost, and what it told will be asked for again.
            PeersLog.HandlerFailed(_log, error, message.Message.Function, connection.Describe());
            return ConnectionVerdict.Continue;
        }

        return await CarryOut(connection, result);
    }

    /// <inheritdoc/>
    public Task AnswerProgress() => _connection is { LocalRole: Role.FullNode } connection
        ? SyncOf(connection).AnswerProgress(connection.ConnectionId)
        : Task.CompletedTask;

    /// <inheritdoc/>
    public async Task Disconnected(PeerConnection connection, DisconnectReason reason)
    {
        if (_hasEnded)
            return;
        (_connection, _observer, _hasEnded) = (null, null, true);
        try
        {
            await Directory(connection).Remove(connection.ConnectionId);
        }
        finally
        {
            DeactivateOnIdle();
            await RoleOf(connection).Disconnected(connection);
            await WhenNothingIsUnderWay();
        }
    }

    /// <inheritdoc/>
    public async Task<bool> Send(params OutboundMessage[] messages)
    {
        if (await Line() is not var (connection, observer))
            return false;
        byte[][] frames = [.. messages.Where(m => m.To == connection.PeerRole).Select(m => m.Frame)];
        if (frames.Length == 0)
            return false;
        try
        {
            await Reach(observer.Deliver(frames));
            return true;
        }
        catch (Exception error)
        {
            // A gateway whose silo died finds another within seconds, and its connections live on; one that died itself is noticed by the
            // directory, which then ends this grain.
            PeersLog.OutOfReach(_log, connection.Describe(), error.Message);
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task Penalise(Blame blame)
    {
        if (await Line() is var (connection, _) && await Weigh(connection, blame) is { } reason)
            await Close(reason);
    }

    /// <inheritdoc/>
    public async Task Close(DisconnectReason reason)
    {
        if (await Line() is not var (connection, observer))
            return;
        try
        {
            await Reach(observer.Close(reason));
        }
        catch (Exception error)
        {
            // What cannot be reached is closed; whoever wanted it closed must not fail by that.
            PeersLog.OutOfReach(_log, connection.Describe(), error.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<PeerTraffic?> GetTraffic()
    {
        if (await Line() is not var (_, observer))
            return null;
        try
        {
            var traffic = observer.GetTraffic();
            await Reach(traffic);
            return await traffic;
        }
        catch (Exception)
        {
            // Whoever looks must not end what it looks at.
            return null;
        }
    }

    /// <summary>A call to the gateway, remembered as long as it is under way.</summary>
    private async Task Reach(Task call)
    {
        _calls.Add(call);
        try
        {
            await call;
        }
        finally
        {
            _calls.Remove(call);
        }
    }

    /// <summary>The gateway forgets the connection as soon as it knows that we do: a call that comes after is an error to Orleans, which
    /// says so in the log, and whoever made it waits for an answer that never comes.</summary>
    private async Task WhenNothingIsUnderWay() => await Task.WhenAll(_calls)
        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

    /// <summary>
    /// The connection and the way to it. An activation that was never told of them lives here because another silo died: the directory
    /// knows, unless the connection is gone.
    /// </summary>
    private async Task<(PeerConnection Connection, IPeerObserver Observer)?> Line()
    {
        if (_connection is null && !_hasEnded)
        {
            var (ofRole, connectionId) = NodeKey.PartsOfPeer(this.GetPrimaryKeyString());
            var line = await GrainFactory.GetGrain<IPeerDirectoryGrain>(ofRole).FindLine(connectionId);
            if (_connection is null && !_hasEnded && line is not null)
                (_connection, _observer) = (line.Connection, line.Observer);
            else if (_connection is null)
                DeactivateOnIdle();
        }

        return _connection is { } connection && _observer is { } observer ? (connection, observer) : null;
    }

    /// <summary>Answers to what the sync asked go straight to it; everything else is for the role.</summary>
    private async Task<HandlerResult> Handle(PeerConnection connection, PeerMessage message, CancellationToken cancellation)
    {
        var isSyncAnswer = message.Message is AllHeaderHashesMessage or HeaderBlocksMessage or SyncBlocksMessage;
        if (!isSyncAnswer || connection.LocalRole != Role.FullNode)
            return await RoleOf(connection)
                .Handle(connection, message, IsForItselfOnly(message.Message) ? cancellation : CancellationToken.None);
        await SyncOf(connection).Answer(connection, message);
        return HandlerResult.Nothing;
    }

    /// <summary>
    /// What only the asker gains by is not worked out once it is gone. A block or a proof is seen to whoever sent it, and so is the blame
    /// for a bad one.
    /// </summary>
    private static bool IsForItselfOnly(Message message) => message is RequestBlockMessage or RequestAllHeaderHashesMessage
        or RequestHeaderBlocksMessage or RequestSyncBlocksMessage
        or RequestProofOfSpaceMessage or RequestHeaderSignatureMessage or RequestPartialProofMessage;

    private async Task<ConnectionVerdict> CarryOut(PeerConnection connection, HandlerResult result)
    {
        DisconnectReason? close = result.IsClosed ? DisconnectReason.Finished : null;
        if (result.Blame is { } blame && await Weigh(connection, blame) is { } reason)
            close = reason;
        return new ConnectionVerdict(result.Answers, close, result.WasNews);
    }

    /// <summary>Why to close the connection after a blame; null to keep it.</summary>
    private async Task<DisconnectReason?> Weigh(PeerConnection connection, Blame blame)
    {
        PeersLog.Blamed(_log, connection.Describe(), blame.Points, blame.Reason);
        return await Directory(connection).Penalise(connection.ConnectionId, blame) switch
        {
            BlameOutcome.Tolerated => null,
            BlameOutcome.Dropped => DisconnectReason.Penalised,
            _ => DisconnectReason.Banned,
        };
    }

    private IPeerDirectoryGrain Directory(PeerConnection connection) =>
        GrainFactory.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(connection.Node, connection.LocalRole));

    private ISyncGrain SyncOf(PeerConnection connection) =>
        _sync ??= GrainFactory.GetGrain<ISyncGrain>(NodeKey.Of(connection.Node));

    /// <summary>The grain serves one connection, so both are always the same; and to look one up by its kind costs more than to call
    /// it.</summary>
    private IRoleGrain RoleOf(PeerConnection connection) => _role ??= connection.LocalRole switch
    {
        Role.FullNode => GrainFactory.GetGrain<IFullNodeGrain>(NodeKey.Of(connection.Node)),
        Role.Farmer => GrainFactory.GetGrain<IFarmerGrain>(NodeKey.Of(connection.Node)),
        Role.Harvester => GrainFactory.GetGrain<IHarvesterGrain>(NodeKey.Of(connection.Node)),
        Role.Timelord => GrainFactory.GetGrain<ITimelordGrain>(NodeKey.Of(connection.Node)),
        Role.Introducer => GrainFactory.GetGrain<IIntroducerGrain>(NodeKey.Of(connection.Node)),
        _ => throw new InvalidOperationException($"no role {connection.LocalRole}"),
    };
}
