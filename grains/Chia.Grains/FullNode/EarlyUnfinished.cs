using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>
/// Unfinished blocks whose parent is not known yet. They overtake it easily: a farmer answers in milliseconds, while the parent's proof of
/// time is still being checked here or its chain still being fetched. Nobody sends them again, so they wait.
/// </summary>
internal sealed class EarlyUnfinished
{
    /// <summary>Blocks that wait at most, 2 kB each. They are unchecked.</summary>
    private const int Capacity = 64;

    /// <summary>Blocks of one peer that wait at most: what a peer greets with is a few for each of three tips.</summary>
    private const int PerPeer = 16;

    private readonly List<(PeerConnection From, FullBlock Block)> _waiting = [];

    public int Count => _waiting.Count;

    /// <summary>Keeps a block; the oldest of the same peer, or of all, makes room.</summary>
    public void Add(PeerConnection from, FullBlock block)
    {
        if (_waiting.Count(w => w.From.ConnectionId == from.ConnectionId) >= PerPeer)
            _waiting.RemoveAt(_waiting.FindIndex(w => w.From.ConnectionId == from.ConnectionId));
        else if (_waiting.Count >= Capacity)
            _waiting.RemoveAt(0);
        _waiting.Add((from, block));
    }

    /// <summary>Hands out the children of these blocks, first come first.</summary>
    public IReadOnlyList<(PeerConnection From, FullBlock Block)> Take(IReadOnlyCollection<Bytes32> parents)
    {
        if (_waiting.Count == 0)
            return [];
        var children = _waiting.Where(w => parents.Contains(w.Block.PrevHeaderHash)).ToList();
        _waiting.RemoveAll(children.Contains);
        return children;
    }
}
