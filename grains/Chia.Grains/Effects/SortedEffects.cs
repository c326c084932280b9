using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Effects;

/// <summary>
/// The effects of one event, sorted by who carries them out. Broadcasts to peers of one role that follow each other are gathered into one
/// call; the order of the effects is kept for every addressee.
/// </summary>
internal sealed class SortedEffects
{
    private readonly PeerConnection? _origin;
    private readonly List<byte[]> _answers = [];
    private Blame? _blame;
    private bool _isClosed;
    private bool _wasNews;

    /// <param name="effects">The effects, in order.</param>
    /// <param name="origin">The connection whose event they follow from; null if none.</param>
    public SortedEffects(IReadOnlyList<RoleEffect> effects, PeerConnection? origin)
    {
        _origin = origin;
        foreach (var effect in effects)
            Add(effect);
    }

    /// <summary>Messages for connections other than the origin.</summary>
    public List<(PeerConnection To, OutboundMessage Message)> Messages { get; } = [];

    /// <summary>Broadcasts, each for one call.</summary>
    public List<BroadcastCall> Broadcasts { get; } = [];

    /// <summary>Penalties and closures of connections other than the origin.</summary>
    public List<PeerOrder> Orders { get; } = [];

    /// <summary>Work to be begun in the background.</summary>
    public List<Func<Task<IReadOnlyList<RoleEffect>>>> Work { get; } = [];

    /// <summary>What the origin's peer grain is to do: answers in order, of several penalties the heaviest.</summary>
    public HandlerResult ForOrigin() =>
        _origin is null ? HandlerResult.Nothing : new HandlerResult([.. _answers], _blame, _isClosed, _wasNews);

    private void Add(RoleEffect effect)
    {
        switch (effect)
        {
            case RoleEffect.Send send:
                AddMessage(send.To, OutboundMessage.Of(send.To.PeerRole, send.Message));
                break;
            case RoleEffect.SendEncoded send:
                AddMessage(send.To, send.Message);
                break;
            case RoleEffect.Broadcast broadcast:
                AddBroadcast(broadcast);
                break;
            case RoleEffect.Penalise penalty when IsOrigin(penalty.Who):
                _blame = _blame?.Points >= penalty.Blame.Points ? _blame : penalty.Blame;
                break;
            case RoleEffect.Penalise penalty:
                Orders.Add(new PeerOrder(penalty.Who, peer => peer.Penalise(penalty.Blame)));
                break;
            case RoleEffect.Close close when IsOrigin(close.Who):
                _isClosed = true;
                break;
            case RoleEffect.Close close:
                Orders.Add(new PeerOrder(close.Who, peer => peer.Close(DisconnectReason.Finished)));
                break;
            case RoleEffect.Start start:
                Work.Add(start.Work);
                break;
        }
    }

    private bool IsOrigin(PeerConnection connection) => connection.ConnectionId == _origin?.ConnectionId;

    private void AddMessage(PeerConnection to, OutboundMessage message)
    {
        if (IsOrigin(to))
            _answers.Add(message.Frame);
        else
            Messages.Add((to, message));
    }

    private void AddBroadcast(RoleEffect.Broadcast broadcast)
    {
        var except = broadcast.Except?.ConnectionId;
        _wasNews |= broadcast.Except is { } from && IsOrigin(from);
        var last = Broadcasts.FindLast(call => call.To == broadcast.To);
        if (last is null || last.Except != except)
            Broadcasts.Add(last = new BroadcastCall(broadcast.To, except, []));
        last.Messages.Add(OutboundMessage.Of(broadcast.To, broadcast.Message));
    }

    /// <summary>Messages that are broadcast in one call.</summary>
    internal sealed record BroadcastCall(Role To, ConnectionId? Except, List<OutboundMessage> Messages);

    /// <summary>A penalty or closure for a connection's peer grain to carry out.</summary>
    internal sealed record PeerOrder(PeerConnection To, Func<IPeerGrain, Task> Give);
}
