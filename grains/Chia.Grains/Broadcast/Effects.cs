using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Broadcast;

/// <summary>Carries out what a handler produced (PROTOCOL.md 6).</summary>
internal static class Effects
{
    /// <summary>Publishes broadcasts and sends random deliveries, in order of production per audience. Responses are the caller's to return.</summary>
    public static async Task Carry(
        IGrainFactory grains, string node, NodeType role, IReadOnlyList<OutboundMessage> messages, string? origin)
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

    private static bool IsBroadcast(OutboundMessage message) =>
        message.Delivery is Delivery.Broadcast or Delivery.BroadcastToOthers;
}
