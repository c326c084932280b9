using Chia.Protocol.Primitives;

namespace Chia.Grains.Timelord;

/// <summary>
/// The challenges known, bounded: those of which only iterations were told go oldest first, the others lightest first. What has an evaluation
/// stays.
/// </summary>
internal sealed class ChallengeMemory(int capacity)
{
    private readonly Dictionary<Bytes32, TimelordChallenge> _known = [];
    private long _order;

    public int Count => _known.Count;

    /// <summary>The challenge; null if it is not known, or not any more.</summary>
    public TimelordChallenge? Find(Bytes32 hash) => _known.GetValueOrDefault(hash);

    /// <summary>The challenge, new or known.</summary>
    public TimelordChallenge Get(Bytes32 hash)
    {
        if (_known.TryGetValue(hash, out var known))
            return known;
        var added = new TimelordChallenge(hash, _order++);
        MakeRoom();
        _known.Add(hash, added);
        return added;
    }

    private void MakeRoom()
    {
        if (_known.Count < capacity)
            return;
        // No weight counts as the least.
        var last = _known.Values.Where(c => c.Evaluation is null).MinBy(c => (c.Weight ?? 0, c.Order));
        if (last is not null)
            _known.Remove(last.Hash);
    }
}
