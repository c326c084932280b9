using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Clusters;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Effects;

/// <summary>
/// Carries out the effects that a role returned: the one place from which all five roles send anything. Lives within the turns of one
/// grain; calls of <see cref="Run"/> may interleave.
/// </summary>
/// <remarks>
/// An effect that cannot be carried out, because a silo or a gateway is away, is logged and costs none of the others: a penalty for a peer
/// that is gone must not keep a new block from being announced. What is lost that way is asked for again by whoever misses it.
/// </remarks>
/// <param name="peers">The grain of a connection.</param>
/// <param name="broadcasts">The publisher of broadcasts to peers of a role.</param>
/// <param name="log">For what could not be carried out.</param>
/// <param name="isDeactivating">True once the grain around the role ends: failures are to be expected then and not logged.</param>
internal sealed class EffectRunner(
    Func<PeerConnection, IPeerGrain> peers, Func<Role, IBroadcastGrain> broadcasts, ILogger log, Func<bool> isDeactivating)
{
    private readonly Outboxes _outboxes = new(peers, log);

    /// <summary>
    /// Carries out everything except what concerns the origin, which is returned for its peer grain to do: that is waiting for the answer.
    /// Messages go first, in few calls (<see cref="SortedEffects"/>), then penalties and closures, so that a connection that is closed
    /// still gets what was to be sent before.
    /// </summary>
    /// <param name="effects">The effects, in order.</param>
    /// <param name="origin">The connection whose message or handshake the role handled; null if none.</param>
    /// <returns>Completes when everything was sent, or could not be; background work goes on.</returns>
    public async Task<HandlerResult> Run(IReadOnlyList<RoleEffect> effects, PeerConnection? origin)
    {
        var sorted = new SortedEffects(effects, origin);
        var sent = sorted.Messages.Select(message => _outboxes.Put(message.To, message.Message)).Distinct().ToList();
        _outboxes.Begin();
        sent.AddRange(sorted.Broadcasts.GroupBy(broadcast => broadcast.To).Select(PublishInOrder));
        foreach (var work in sorted.Work)
            _ = RunInBackground(work);
        await Task.WhenAll(sent);
        await Task.WhenAll(sorted.Orders.Select(GiveOrder));
        return sorted.ForOrigin();
    }

    private async Task PublishInOrder(IEnumerable<SortedEffects.BroadcastCall> calls)
    {
        foreach (var call in calls)
        {
            try
            {
                await Publish(call);
            }
            catch (Exception error) when (!isDeactivating())
            {
                EffectLog.PublishFailed(log, call.Messages[0].Function, call.To, error.Message);
            }
        }
    }

    /// <summary>A publisher whose silo goes lives elsewhere when it is called again, and knows of nothing that was missed.</summary>
    private async Task Publish(SortedEffects.BroadcastCall call)
    {
        var publisher = broadcasts(call.To);
        OutboundMessage[] messages = [.. call.Messages];
        try
        {
            await publisher.Publish(messages, call.Except);
        }
        catch (Exception error) when (!isDeactivating() && CallFaults.Of(error) == CallFault.SiloGone)
        {
            await publisher.Publish(messages, call.Except);
        }
    }

    private async Task GiveOrder(SortedEffects.PeerOrder order)
    {
        try
        {
            await order.Give(peers(order.To));
        }
        catch (Exception error) when (!isDeactivating())
        {
            EffectLog.OrderFailed(log, order.To.Describe(), error.Message);
        }
    }

    private async Task RunInBackground(Func<Task<IReadOnlyList<RoleEffect>>> work)
    {
        try
        {
            await Run(await work(), origin: null);
        }
        catch (Exception error) when (!isDeactivating())
        {
            // A cancellation too: nothing here cancels the work, but Orleans cancels calls to a silo that has gone.
            EffectLog.BackgroundFailed(log, error);
        }
    }
}

internal static partial class EffectLog
{
    [LoggerMessage(1005, LogLevel.Warning, "{Function} for {Peer} could not be sent: {Why}")]
    public static partial void SendFailed(ILogger logger, string function, string peer, string why);

    [LoggerMessage(1023, LogLevel.Warning, "{Function} could not be broadcast to peers of role {Role}: {Why}")]
    public static partial void PublishFailed(ILogger logger, string function, Role role, string why);

    [LoggerMessage(1024, LogLevel.Warning, "{Peer} could not be penalised or closed: {Why}")]
    public static partial void OrderFailed(ILogger logger, string peer, string why);

    [LoggerMessage(1020, LogLevel.Error, "Background work of a role failed; it is tried again when the next event asks for it")]
    public static partial void BackgroundFailed(ILogger logger, Exception error);
}
