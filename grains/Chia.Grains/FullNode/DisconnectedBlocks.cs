using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>Blocks whose parents are missing, by parent, several children each; bounded, and no peer may fill it alone.</summary>
internal sealed class DisconnectedBlocks
{
    private readonly Dictionary<Bytes32, Entry> _byHash = [];
    private readonly Dictionary<Bytes32, List<Entry>> _byParent = [];
    private readonly int _capacity;
    private long _order;

    /// <param name="capacity">Most blocks kept; one peer may hold a quarter of them.</param>
    public DisconnectedBlocks(int capacity) => _capacity = capacity;

    public int Count => _byHash.Count;

    public bool Contains(Bytes32 headerHash) => _byHash.ContainsKey(headerHash);

    /// <summary>Remembers a block. False if its sender already holds its share.</summary>
    public bool TryAdd(Bytes32 headerHash, BlockData block, PeerConnection? from)
    {
        if (_byHash.ContainsKey(headerHash))
            return true;
        var origin = from?.ConnectionId ?? "";
        if (_byHash.Values.Count(e => e.Origin == origin) >= Math.Max(1, _capacity / 4))
            return false;
        if (_byHash.Count >= _capacity)
            Remove(_byHash.Values.MinBy(e => e.Order)!);
        var entry = new Entry(headerHash, block, from, origin, _order++);
        _byHash[headerHash] = entry;
        if (!_byParent.TryGetValue(block.Block.PrevHeaderHash, out var siblings))
            _byParent[block.Block.PrevHeaderHash] = siblings = [];
        siblings.Add(entry);
        return true;
    }

    /// <summary>Takes out all remembered children of a block, in the order in which they came.</summary>
    public IReadOnlyList<Entry> TakeChildren(Bytes32 parent)
    {
        if (!_byParent.TryGetValue(parent, out var children))
            return [];
        var taken = children.ToArray();
        foreach (var child in taken)
            Remove(child);
        return taken;
    }

    /// <summary>The remembered children of a block, in the order in which they came.</summary>
    public IReadOnlyList<Entry> ChildrenOf(Bytes32 parent) => _byParent.TryGetValue(parent, out var children) ? [.. children] : [];

    /// <summary>The heaviest remembered descendant of a remembered block, itself included.</summary>
    public Entry? HeaviestDescendant(Bytes32 headerHash)
    {
        if (!_byHash.TryGetValue(headerHash, out var best))
            return null;
        var open = new Stack<Entry>([best]);
        while (open.TryPop(out var entry))
        {
            if (entry.Block.Block.Weight > best.Block.Block.Weight)
                best = entry;
            foreach (var child in _byParent.GetValueOrDefault(entry.HeaderHash) ?? [])
                open.Push(child);
        }

        return best;
    }

    /// <summary>The remembered descendants of a block, itself excluded, on the way to the heaviest; parents first.</summary>
    public IReadOnlyList<Entry> HeaviestBranch(Bytes32 headerHash)
    {
        var top = ChildrenOf(headerHash).Select(child => HeaviestDescendant(child.HeaderHash)!).MaxBy(entry => entry.Block.Block.Weight);
        var branch = new List<Entry>();
        for (var entry = top; entry is not null && entry.HeaderHash != headerHash; entry = _byHash.GetValueOrDefault(entry.Block.Block.PrevHeaderHash))
            branch.Add(entry);
        branch.Reverse();
        return branch;
    }

    /// <summary>The lowest remembered ancestor of a remembered block; null if its parent is not remembered.</summary>
    public Entry? LowestAncestor(Bytes32 headerHash)
    {
        Entry? lowest = null;
        for (var entry = _byHash.GetValueOrDefault(headerHash); entry is not null; entry = _byHash.GetValueOrDefault(entry.Block.Block.PrevHeaderHash))
            lowest = entry;
        return lowest?.HeaderHash == headerHash ? null : lowest;
    }

    /// <summary>Drops what lies below a height.</summary>
    public void Prune(uint lowest)
    {
        foreach (var entry in _byHash.Values.Where(e => e.Block.Block.Height < lowest).ToList())
            Remove(entry);
    }

    private void Remove(Entry entry)
    {
        _byHash.Remove(entry.HeaderHash);
        var parent = entry.Block.Block.PrevHeaderHash;
        if (_byParent.TryGetValue(parent, out var siblings) && siblings.Remove(entry) && siblings.Count == 0)
            _byParent.Remove(parent);
    }

    /// <summary>A remembered block.</summary>
    internal sealed record Entry(Bytes32 HeaderHash, BlockData Block, PeerConnection? From, string Origin, long Order);
}
