using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Broadcast;

/// <summary>Carries out what a role wants done: the one place where a role's words leave it.</summary>
internal sealed class EffectRunner(IGrainFactory grains, NodeName node, Role role, ILogger log)
{
    /// <summary>
    /// Does everything that does not concern the origin. What does concern it, and the broadcasts that its message caused, are returned for its peer
    /// grain to carry out.
    /// </summary>
    /// <param name="effects">In order.</param>
    /// <param name="origin">Whose event it was; null if nobody's: then everything is done here.</param>
    public async Task<HandlerResult> Run(IReadOnlyList<RoleEffect> effects, PeerConnection? origin)
    {
        var outbound = new List<OutboundMessage>();
        var directed = new List<Directed>();
        Blame? blame = null;
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case RoleEffect.Send send when IsOrigin(send.To):
                    outbound.Add(OutboundMessage.Of(send.To.PeerRole, Delivery.Respond, send.Message));
                    break;
                case RoleEffect.Send send:
                    directed.Add(new Directed(send.To, send.Message));
                    break;
                case RoleEffect.SendEncoded send when IsOrigin(send.To):
                    outbound.Add(send.Message);
                    break;
                case RoleEffect.SendEncoded send:
                    await Peer(send.To).Send(send.Message);
                    break;
                case RoleEffect.Broadcast { Except: null } broadcast:
                    outbound.Add(OutboundMessage.Of(broadcast.To, Delivery.Broadcast, broadcast.Message));
                    break;
                case RoleEffect.Broadcast broadcast when IsOrigin(broadcast.Except!):
                    outbound.Add(OutboundMessage.Of(broadcast.To, Delivery.BroadcastToOthers, broadcast.Message));
                    break;
                case RoleEffect.Broadcast broadcast:
                    var toOthers = OutboundMessage.Of(broadcast.To, Delivery.BroadcastToOthers, broadcast.Message);
                    await Effects.Carry(grains, node, role, [toOthers], broadcast.Except!.ConnectionId);
                    break;
                case RoleEffect.Penalise penalty when IsOrigin(penalty.Who) && !(blame?.Points >= penalty.Blame.Points):
                    blame = penalty.Blame;
                    break;
                case RoleEffect.Penalise penalty when !IsOrigin(penalty.Who):
                    await Peer(penalty.Who).Penalise(penalty.Blame);
                    break;
                case RoleEffect.Close close when IsOrigin(close.Who):
                    outbound.Add(OutboundMessage.CloseOrigin);
                    break;
                case RoleEffect.Close close:
                    await Peer(close.Who).Close(DisconnectReason.Finished);
                    break;
                case RoleEffect.Start start:
                    _ = RunInBackground(start.Work);
                    break;
            }
        }

        if (directed.Count > 0)
            await Effects.SendDirected(grains, directed, origin: null, log);
        if (origin is not null)
            return new HandlerResult([.. outbound], blame);
        await Effects.Carry(grains, node, role, outbound, origin: null);
        return HandlerResult.Nothing;

        bool IsOrigin(PeerConnection connection) => connection.ConnectionId == origin?.ConnectionId;
    }

    private async Task RunInBackground(Func<Task<IReadOnlyList<RoleEffect>>> work)
    {
        try
        {
            await Run(await work(), origin: null);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            EffectLog.BackgroundFailed(log, error);
        }
    }

    private IPeerGrain Peer(PeerConnection connection) => grains.GetGrain<IPeerGrain>(connection.GrainKey());
}

internal static partial class EffectLog
{
    [LoggerMessage(1020, LogLevel.Error, "Background work of a role failed; it is tried again when the next event asks for it")]
    public static partial void BackgroundFailed(ILogger logger, Exception error);
}
