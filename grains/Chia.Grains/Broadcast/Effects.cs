using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Peers;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Broadcast;

/// <summary>Carries out what a handler produced (PROTOCOL.md 6).</summary>
internal static class Effects
{
    /// <summary>Publishes broadcasts and sends random deliveries, in order of production per audience. Responses are the caller's to return.</summary>
    public static async Task Carry(
        IGrainFactory grains, NodeName node, Role role, IReadOnlyList<OutboundMessage> messages, ConnectionId? origin)
    {
        for (var start = 0; start < messages.Count;)
        {
            var message = messages[start];
            var end = start + 1;
            if (IsBroadcast(message))
            {
                while (end < messages.Count && IsBroadcast(messages[end]) && messages[end].To == message.To)
                    end++;
                var key = NodeKey.OfBroadcast(node, role, message.To);
                await grains.GetGrain<IBroadcastGrain>(key).Publish([.. messages.Skip(start).Take(end - start)], origin);
            }
            else if (message.Delivery == Delivery.Random)
            {
                var picked = await grains.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(node, role)).PickRandom(message.To);
                if (picked is not null)
                    await grains.GetGrain<IPeerGrain>(picked.GrainKey()).Send(message);
            }

            start = end;
        }
    }

    /// <summary>
    /// Sends what is meant for other connections than the origin, one call a connection, in order, and returns what is meant for the origin, for the
    /// caller to return. A connection that cannot be reached costs the others nothing, nor does a slow one make them wait.
    /// </summary>
    public static async Task<OutboundMessage[]> SendDirected(
        IGrainFactory grains, IReadOnlyList<Directed> messages, ConnectionId? origin, ILogger log)
    {
        var sending = messages.Where(m => m.To.ConnectionId != origin)
            .GroupBy(m => m.To.ConnectionId)
            .Select(group => SendTo(grains, [.. group], log))
            .ToList();
        await Task.WhenAll(sending);
        return [.. messages.Where(m => m.To.ConnectionId == origin).Select(m => m.Encode())];
    }

    private static async Task SendTo(IGrainFactory grains, IReadOnlyList<Directed> messages, ILogger log)
    {
        var to = messages[0].To;
        try
        {
            await grains.GetGrain<IPeerGrain>(to.GrainKey()).Send([.. messages.Select(m => m.Encode())]);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            PeersLog.SendFailed(log, messages[0].Message.Function, to.Describe(), error.Message);
        }
    }

    private static bool IsBroadcast(OutboundMessage message) =>
        message.Delivery is Delivery.Broadcast or Delivery.BroadcastToOthers;
}
