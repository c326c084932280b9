using Chia.Protocol.Primitives;

namespace Chia.Grains.Timelord;

/// <summary>
/// The challenges known, bounded: room is made by the full node that brought most of them, which loses its lightest, those of which only
/// iterations were told before all others. What has an evaluation stays.
/// </summary>
internal sealed class ChallengeMemory(int capacity)
{
    private readonly Dictionary<Bytes32, TimelordChallenge> _known = [];
    private long _order;

    public int Count => _known.Count;

    /// <summary>The challenge; null if it is not known, or not any more.</summary>
    public TimelordChallenge? Find(Bytes32 hash) => _known.GetValueOrDefault(hash);

    /// <summary>All of them.</summary>
    public IEnumerable<TimelordChallenge> All => _known.Values;

    /// <summary>The challenge, new or known, and that a full node knows it as well.</summary>
    public TimelordChallenge Get(Bytes32 hash, ConnectionId node)
    {
        if (_known.TryGetValue(hash, out var known))
        {
            if (!known.Nodes.Contains(node))
                known.Nodes.Add(node);
            return known;
        }

        var added = new TimelordChallenge(hash, _order++);
        added.Nodes.Add(node);
        MakeRoom();
        _known.Add(hash, added);
        return added;
    }

    private void MakeRoom()
    {
        if (_known.Count < capacity)
            return;
        var idle = _known.Values.Where(c => c.Evaluation is null).ToList();
        if (idle.Count == 0)
            return;

        // No weight counts as the least.
        var crowd = idle.GroupBy(c => c.Nodes[0]).MaxBy(group => group.Count())!;
        _known.Remove(crowd.MinBy(c => (c.Weight ?? 0, c.Order))!.Hash);
    }
}
