using Chia.GrainInterfaces.Broadcasts;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Broadcasts;

/// <summary>
/// Whether broadcasts to an audience were lost: by the numbers that items carry, and by what their publisher says it has sent.
/// </summary>
internal sealed class BroadcastSequence
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Role, BroadcastPosition> _heard = [];
    private readonly Dictionary<Role, BroadcastPosition> _awaited = [];

    /// <summary>Takes note of an item. True if some before it are missing.</summary>
    public bool IsGap(BroadcastItem item)
    {
        lock (_lock)
        {
            var isKnown = _heard.TryGetValue(item.To, out var last);
            var isSameEpoch = isKnown && item.Epoch == last.Epoch;
            _heard[item.To] = new BroadcastPosition(item.Epoch, isSameEpoch ? Math.Max(last.Sequence, item.Sequence) : item.Sequence);
            // A new epoch: its publisher does not know what the one before it had published last.
            return isKnown && (!isSameEpoch || item.Sequence > last.Sequence + 1);
        }
    }

    /// <summary>
    /// Takes note of how far the publisher is. True, once, if what it had sent when it was asked the last time has not come since: the
    /// stream has lost it. What was sent before the first question was not for peers of this gateway.
    /// </summary>
    public bool IsLost(Role audience, BroadcastPosition sent)
    {
        lock (_lock)
        {
            if (!_heard.TryGetValue(audience, out var heard))
            {
                _heard[audience] = sent;
                return false;
            }

            var isLost = _awaited.TryGetValue(audience, out var awaited) && awaited.Epoch == sent.Epoch && IsAhead(awaited, heard);
            if (isLost)
                _heard[audience] = heard = awaited;
            if (IsAhead(sent, heard))
                _awaited[audience] = sent;
            else
                _awaited.Remove(audience);
            return isLost;
        }
    }

    private static bool IsAhead(BroadcastPosition sent, BroadcastPosition heard) =>
        sent.Epoch == heard.Epoch ? sent.Sequence > heard.Sequence : sent.Sequence > 0;
}
