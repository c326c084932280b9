using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Effects;

/// <summary>
/// Carries out what a role wants done: the one place where a role's words leave it, for all five roles. Runs in the turns of one grain.
/// </summary>
/// <param name="peers">The grain of a connection.</param>
/// <param name="broadcasts">Where broadcasts for peers of a role are published.</param>
/// <param name="log">For work in the background that failed.</param>
/// <param name="ends">Whether its grain ends: what is called off then is not wanted any more.</param>
internal sealed class EffectRunner(
    Func<PeerConnection, IPeerGrain> peers, Func<Role, IBroadcastGrain> broadcasts, ILogger log, Func<bool> ends)
{
    private readonly Outboxes _outboxes = new(peers, log);

    /// <summary>
    /// Does everything but what concerns the origin, which is returned for its peer grain to do. What goes to many goes in few calls: the
    /// broadcasts for one role in one, and so do the messages for one connection.
    /// </summary>
    /// <param name="effects">In order.</param>
    /// <param name="origin">Whose event it was; null if nobody's.</param>
    public async Task<HandlerResult> Run(IReadOnlyList<RoleEffect> effects, PeerConnection? origin)
    {
        var (isClosed, wasNews) = (false, false);
        Blame? blame = null;
        var answers = new List<byte[]>();
        var announcements = new List<Announcement>();
        var sent = new HashSet<Task>();
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case RoleEffect.Send send:
                    Enqueue(send.To, OutboundMessage.Of(send.To.PeerRole, send.Message));
                    break;
                case RoleEffect.SendEncoded send:
                    Enqueue(send.To, send.Message);
                    break;
                case RoleEffect.Broadcast broadcast:
                    Announce(broadcast);
                    break;
                case RoleEffect.Penalise penalty when IsOrigin(penalty.Who):
                    blame = blame?.Points >= penalty.Blame.Points ? blame : penalty.Blame;
                    break;
                case RoleEffect.Penalise penalty:
                    await peers(penalty.Who).Penalise(penalty.Blame);
                    break;
                case RoleEffect.Close close when IsOrigin(close.Who):
                    isClosed = true;
                    break;
                case RoleEffect.Close close:
                    await peers(close.Who).Close(DisconnectReason.Finished);
                    break;
                case RoleEffect.Start start:
                    _ = RunInBackground(start.Work);
                    break;
            }
        }

        _outboxes.Begin();
        foreach (var announcement in announcements)
            await broadcasts(announcement.To).Publish([.. announcement.Messages], announcement.Except);
        await Task.WhenAll(sent);
        return origin is null ? HandlerResult.Nothing : new HandlerResult([.. answers], blame, isClosed, wasNews);

        bool IsOrigin(PeerConnection connection) => connection.ConnectionId == origin?.ConnectionId;

        void Enqueue(PeerConnection to, OutboundMessage message)
        {
            if (IsOrigin(to))
                answers.Add(message.Frame);
            else
                sent.Add(_outboxes.Put(to, message));
        }

        void Announce(RoleEffect.Broadcast broadcast)
        {
            var except = broadcast.Except?.ConnectionId;
            wasNews |= broadcast.Except is { } from && IsOrigin(from);
            var last = announcements.FindLast(a => a.To == broadcast.To);
            if (last is null || last.Except != except)
                announcements.Add(last = new Announcement(broadcast.To, except, []));
            last.Messages.Add(OutboundMessage.Of(broadcast.To, broadcast.Message));
        }
    }

    private async Task RunInBackground(Func<Task<IReadOnlyList<RoleEffect>>> work)
    {
        try
        {
            await Run(await work(), origin: null);
        }
        catch (Exception error) when (!ends())
        {
            // Orleans calls off what it was asking of a silo that went: that is a fault like any other, and no wish of ours.
            EffectLog.BackgroundFailed(log, error);
        }
    }

    /// <summary>Broadcasts that go in one call.</summary>
    private sealed record Announcement(Role To, ConnectionId? Except, List<OutboundMessage> Messages);
}

internal static partial class EffectLog
{
    [LoggerMessage(1005, LogLevel.Warning, "{Function} for {Peer} could not be sent: {Why}")]
    public static partial void SendFailed(ILogger logger, string function, string peer, string why);

    [LoggerMessage(1020, LogLevel.Error, "Background work of a role failed; it is tried again when the next event asks for it")]
    public static partial void BackgroundFailed(ILogger logger, Exception error);
}
