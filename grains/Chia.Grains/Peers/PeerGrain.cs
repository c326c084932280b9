using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Broadcast;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Peers;

/// <summary>One connected peer: hands its messages to our role's handler, carries out the effects, keeps the line to its gateway.</summary>
[Reentrant]
[KeepAlive] // A quiet connection is still a connection; the grain ends with it.
public sealed class PeerGrain : Grain, IPeerGrain
{
    private readonly ILogger<PeerGrain> _log;
    private PeerConnection? _connection;
    private IPeerObserver? _observer;

    /// <summary>Created by the engine.</summary>
    public PeerGrain(ILogger<PeerGrain> log) => _log = log;

    /// <inheritdoc/>
    public async Task<ConnectionVerdict> Connected(PeerConnection connection, IPeerObserver observer)
    {
        _connection = connection;
        _observer = observer;
        if (!await Directory(connection).Established(connection.ConnectionId))
            return new ConnectionVerdict([], "another connection to the same node is kept");
        try
        {
            return await CarryOut(connection, await Role(connection).Connected(connection));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // An error in what we say first must not cost the connection (PROTOCOL.md 11.6).
            PeersLog.GreetingFailed(_log, error, connection.Describe());
            return ConnectionVerdict.Continue;
        }
    }

    /// <inheritdoc/>
    public async Task<ConnectionVerdict> Receive(PeerMessage message)
    {
        if (_connection is not { } connection)
            return new ConnectionVerdict([], "the cluster lost track of this connection");
        HandlerResult result;
        try
        {
            result = await Role(connection).Handle(connection, message);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A fault of ours never costs a peer its connection; the message is lost, and what it told will be asked for again.
            PeersLog.HandlerFailed(_log, error, message.Message.Function, connection.Describe());
            return ConnectionVerdict.Continue;
        }

        return await CarryOut(connection, result);
    }

    /// <inheritdoc/>
    public async Task Disconnected(string reason)
    {
        if (_connection is not { } connection)
            return;
        _connection = null;
        _observer = null;
        try
        {
            await Directory(connection).Remove(connection.ConnectionId);
        }
        finally
        {
            DeactivateOnIdle();
            await Role(connection).Disconnected(connection);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> Send(OutboundMessage message)
    {
        if (_connection is not { } connection || _observer is not { } observer || connection.PeerRole != message.To)
            return false;
        try
        {
            await observer.Deliver(message.Frame);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            PeersLog.GatewayLost(_log, connection.Describe(), error.Message);
            await Disconnected("its gateway is gone");
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task Penalise(Blame blame)
    {
        if (_connection is { } connection && await IsTooMuch(connection, blame))
            await Close(blame.Reason);
    }

    /// <inheritdoc/>
    public async Task Close(string reason)
    {
        if (_connection is not { } connection || _observer is not { } observer)
            return;
        try
        {
            await observer.Close(reason);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // What cannot be reached is closed; whoever wanted it closed must not fail by that.
            PeersLog.GatewayLost(_log, connection.Describe(), error.Message);
        }
    }

    private async Task<ConnectionVerdict> CarryOut(PeerConnection connection, HandlerResult result)
    {
        var respond = new List<byte[]>();
        string? close = null;
        foreach (var message in result.Outbound)
        {
            if (message.Delivery == Delivery.Respond && message.To == connection.PeerRole)
                respond.Add(message.Frame);
            else if (message.Delivery == Delivery.Close)
                close = "nothing more to say";
        }

        await Effects.Carry(GrainFactory, connection.Node, connection.LocalRole, result.Outbound, connection.ConnectionId);
        if (result.Blame is { } blame && await IsTooMuch(connection, blame))
            close = blame.Reason;
        return new ConnectionVerdict([.. respond], close);
    }

    private async Task<bool> IsTooMuch(PeerConnection connection, Blame blame)
    {
        PeersLog.Blamed(_log, connection.Describe(), blame.Points, blame.Reason);
        return await Directory(connection).Penalise(connection.ConnectionId, blame);
    }

    private IPeerDirectoryGrain Directory(PeerConnection connection) =>
        GrainFactory.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(connection.Node, connection.LocalRole));

    private IRoleGrain Role(PeerConnection connection) => connection.LocalRole switch
    {
        NodeType.FullNode => GrainFactory.GetGrain<IFullNodeGrain>(connection.Node),
        NodeType.Farmer => GrainFactory.GetGrain<IFarmerGrain>(connection.Node),
        NodeType.Harvester => GrainFactory.GetGrain<IHarvesterGrain>(connection.Node),
        NodeType.Timelord => GrainFactory.GetGrain<ITimelordGrain>(connection.Node),
        NodeType.Introducer => GrainFactory.GetGrain<IIntroducerGrain>(connection.Node),
        _ => throw new InvalidOperationException($"no role {connection.LocalRole}"),
    };
}
