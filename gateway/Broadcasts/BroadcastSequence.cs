using Chia.GrainInterfaces.Broadcasts;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Broadcasts;

/// <summary>Whether broadcasts to an audience were lost: by the numbers they carry, or by their silence.</summary>
internal sealed class BroadcastSequence(TimeProvider time)
{
    /// <summary>
    /// Twice the time between two tips of the testnet: so long a silence is rare, and may be a subscription that died without a word. To
    /// ask costs one call, and the peers a few frames that they know.
    /// </summary>
    public static readonly TimeSpan LongSilence = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<Role, (Guid Epoch, long Sequence)> _last = [];
    private readonly Dictionary<Role, long> _heard = [];

    /// <summary>Takes note of an item. True if some before it are missing.</summary>
    public bool IsGap(BroadcastItem item)
    {
        lock (_lock)
        {
            var isKnown = _last.TryGetValue(item.To, out var last);
            _last[item.To] = (item.Epoch, item.Sequence);
            _heard[item.To] = time.GetTimestamp();
            // A new epoch: its publisher does not know what the one before it had published last.
            return isKnown && (item.Epoch != last.Epoch || item.Sequence > last.Sequence + 1);
        }
    }

    /// <summary>True if nothing was heard for an audience for <see cref="LongSilence"/>, once for each such time.</summary>
    public bool IsSilent(Role audience)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_heard.TryAdd(audience, now) || time.GetElapsedTime(_heard[audience], now) < LongSilence)
                return false;
            _heard[audience] = now;
            return true;
        }
    }
}
