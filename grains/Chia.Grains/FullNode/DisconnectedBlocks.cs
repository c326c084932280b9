using Chia.Consensus.Verdicts;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>
/// Blocks whose parents are missing, by parent, several children each. Bounded: a peer that sends more than its share loses its own
/// oldest, and when all is full, whoever holds most does.
/// </summary>
internal sealed class DisconnectedBlocks
{
    private readonly Dictionary<Bytes32, Entry> _byHash = [];
    private readonly Dictionary<Bytes32, List<Entry>> _byParent = [];
    private readonly Dictionary<ConnectionId, int> _byPeer = [];
    private readonly int _capacity;
    private long _order;

    /// <param name="capacity">Most blocks kept; one peer may hold a quarter of them.</param>
    public DisconnectedBlocks(int capacity) => _capacity = capacity;

    public int Count => _byHash.Count;

    public bool Contains(Bytes32 headerHash) => _byHash.ContainsKey(headerHash);

    /// <summary>Remembers a block that passed the checks of a block alone. False if its sender's oldest had to make room: it sends more
    /// than its share.</summary>
    public bool Add(PeerConnection from, BlockData block, BlockVerdict verdict)
    {
        if (_byHash.TryGetValue(verdict.HeaderHash, out var known))
        {
            if (known.From.ConnectionId != from.ConnectionId && !known.Others.Exists(o => o.ConnectionId == from.ConnectionId))
                known.Others.Add(from);
            return true;
        }

        var isWithinShare = _byPeer.GetValueOrDefault(from.ConnectionId) < Math.Max(1, _capacity / 4);
        if (!isWithinShare)
            Remove(OldestOf(from.ConnectionId));
        else if (_byHash.Count >= _capacity)
            Remove(OldestOf(_byPeer.MaxBy(p => p.Value).Key));
        var entry = new Entry(verdict.HeaderHash, block, verdict, from, _order++);
        _byHash[entry.HeaderHash] = entry;
        _byPeer[from.ConnectionId] = _byPeer.GetValueOrDefault(from.ConnectionId) + 1;
        if (!_byParent.TryGetValue(block.Block.PrevHeaderHash, out var siblings))
            _byParent[block.Block.PrevHeaderHash] = siblings = [];
        siblings.Add(entry);
        return isWithinShare;
    }

    /// <summary>Takes out all remembered children of a block, in the order in which they came.</summary>
    public IReadOnlyList<Entry> TakeChildren(Bytes32 parent)
    {
        var taken = ChildrenOf(parent);
        foreach (var child in taken)
            Remove(child);
        return taken;
    }

    /// <summary>The remembered children of a block, in the order in which they came.</summary>
    public IReadOnlyList<Entry> ChildrenOf(Bytes32 parent) => _byParent.TryGetValue(parent, out var children) ? [.. children] : [];

    /// <summary>The heaviest remembered descendant of a remembered block, itself included.</summary>
    public Entry? HeaviestDescendant(Bytes32 headerHash) =>
        _byHash.TryGetValue(headerHash, out var block) ? Descendants([block]).MaxBy(e => e.Block.Block.Weight) : null;

    /// <summary>Who claims to have a block that is missing: the senders of what was built on it.</summary>
    public IReadOnlyList<PeerConnection> ClaimantsOf(Bytes32 missing) =>
        [.. Descendants(ChildrenOf(missing)).SelectMany(e => e.Senders).DistinctBy(p => p.ConnectionId)];

    /// <summary>The remembered descendants of a block, itself excluded, on the way to the heaviest; parents first.</summary>
    public IReadOnlyList<Entry> HeaviestBranch(Bytes32 headerHash)
    {
        var top = ChildrenOf(headerHash).Select(child => HeaviestDescendant(child.HeaderHash)!).MaxBy(entry => entry.Block.Block.Weight);
        var branch = new List<Entry>();
        for (var entry = top; entry is not null
            && entry.HeaderHash != headerHash; entry = _byHash.GetValueOrDefault(entry.Block.Block.PrevHeaderHash))
            branch.Add(entry);
        branch.Reverse();
        return branch;
    }

    /// <summary>The lowest remembered ancestor of a remembered block; null if its parent is not remembered.</summary>
    public Entry? LowestAncestor(Bytes32 headerHash)
    {
        Entry? lowest = null;
        for (var entry = _byHash.GetValueOrDefault(
            headerHash); entry is not null; entry = _byHash.GetValueOrDefault(entry.Block.Block.PrevHeaderHash))
            lowest = entry;
        return lowest?.HeaderHash == headerHash ? null : lowest;
    }

    /// <summary>Drops what lies below a height.</summary>
    public void Prune(uint lowest)
    {
        foreach (var entry in _byHash.Values.Where(e => e.Block.Block.Height < lowest).ToList())
            Remove(entry);
    }

    /// <summary>A peer is gone: what only it had sent goes with it.</summary>
    public void Forget(ConnectionId connectionId)
    {
        foreach (var entry in _byHash.Values.ToList())
        {
            entry.Others.RemoveAll(o => o.ConnectionId == connectionId);
            if (entry.From.ConnectionId != connectionId)
                continue;
            Remove(entry);
            foreach (var other in entry.Others)
                Add(other, entry.Block, entry.Verdict);
        }
    }

    private IEnumerable<Entry> Descendants(IEnumerable<Entry> roots)
    {
        var open = new Stack<Entry>(roots);
        while (open.TryPop(out var entry))
        {
            yield return entry;
            foreach (var child in _byParent.GetValueOrDefault(entry.HeaderHash) ?? [])
                open.Push(child);
        }
    }

    private Entry OldestOf(ConnectionId connectionId) =>
        _byHash.Values.Where(e => e.From.ConnectionId == connectionId).MinBy(e => e.Order)!;

    private void Remove(Entry entry)
    {
        _byHash.Remove(entry.HeaderHash);
        var peer = entry.From.ConnectionId;
        if (--_byPeer[peer] == 0)
            _byPeer.Remove(peer);
        var parent = entry.Block.Block.PrevHeaderHash;
        if (_byParent.TryGetValue(parent, out var siblings) && siblings.Remove(entry) && siblings.Count == 0)
            _byParent.Remove(parent);
    }

    /// <summary>A remembered block: who sent it first, and who else did.</summary>
    internal sealed record Entry(Bytes32 HeaderHash, BlockData Block, BlockVerdict Verdict, PeerConnection From, long Order)
    {
        public List<PeerConnection> Others { get; } = [];

        public IEnumerable<PeerConnection> Senders => Others.Prepend(From);
    }
}
