using System.Numerics;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Chain;

/// <summary>
/// Every accepted block by header hash, side branches included, in about 160 bytes a block: nodes in chunks, parents before children,
/// and an open-addressing table of positions that does not repeat the keys. Keys are hashes of valid headers, so nobody can flood a slot.
/// The blocks of a height are linked, newest first.
/// </summary>
internal sealed class BlockIndex
{
    /// <summary>Nodes a chunk: growing never copies the nodes.</summary>
    private const int ChunkSize = 4096;

    private const int InitialSlots = 1024;

    private readonly List<BlockNode[]> _chunks = [];

    /// <summary>Position + 1 of a node, 0 if empty; a power of two long and at most half full.</summary>
    private int[] _slots = new int[InitialSlots];

    /// <summary>By height: the position added last, or −1.</summary>
    private readonly List<int> _newestAt = [];

    /// <summary>By position: the one added before it at its height, or −1.</summary>
    private readonly List<int> _olderAtHeight = [];

    /// <summary>Nodes, those taken out included: positions are below this.</summary>
    public int Positions { get; private set; }

    /// <summary>Nodes that can be found.</summary>
    public int Count { get; private set; }

    /// <summary>The node at a position.</summary>
    public ref readonly BlockNode this[int position] => ref At(position);

    /// <summary>Position of a block, or −1.</summary>
    public int Find(Bytes32 headerHash)
    {
        var mask = _slots.Length - 1;
        for (var slot = FirstSlot(headerHash); _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            ref readonly var node = ref At(_slots[slot] - 1);
            if (node.Parent != BlockNode.Removed && node.HeaderHash == headerHash)
                return _slots[slot] - 1;
        }

        return -1;
    }

    /// <summary>Adds a block that is not there yet; its parent is there, or it has height 0.</summary>
    /// <exception cref="InvalidOperationException">It is there, or its parent is not.</exception>
    public int Add(BlockRecord record)
    {
        if (Find(record.HeaderHash) >= 0)
            throw new InvalidOperationException($"block {record.HeaderHash} is in the index already");
        var parent = record.Height == 0 ? BlockNode.NoParent : Find(record.PrevHeaderHash);
        if (record.Height != 0 && (parent < 0 || At(parent).Height != record.Height - 1))
            throw new InvalidOperationException($"block {record.HeaderHash} at height {record.Height} has no parent in the index");

        if (2 * (Positions + 1) > _slots.Length)
            Grow();
        if (Positions == _chunks.Count * ChunkSize)
            _chunks.Add(new BlockNode[ChunkSize]);
        At(Positions) = BlockNode.Of(record, parent);
        Place(Positions);
        Link(Positions, (int)record.Height);
        Count++;
        return Positions++;
    }

    /// <summary>The positions of a height, newest first.</summary>
    public IEnumerable<int> PositionsAt(uint height)
    {
        for (var position = height < _newestAt.Count ? _newestAt[(int)height] : -1; position >= 0; position = _olderAtHeight[position])
        {
            if (At(position).Parent != BlockNode.Removed)
                yield return position;
        }
    }

    /// <summary>The record at a position.</summary>
    public BlockRecord RecordAt(int position)
    {
        ref readonly var node = ref At(position);
        return node.ToRecord(node.Parent >= 0 ? At(node.Parent).HeaderHash : default);
    }

    /// <summary>The same block in its other variant (DECISIONS 1).</summary>
    public void SetChallengeHash(int position, Bytes32 challengeHash) => At(position).ChallengeHash = challengeHash;

    /// <summary>Takes a block out. Its descendants must be taken out as well.</summary>
    public void Remove(int position)
    {
        At(position).Parent = BlockNode.Removed;
        Count--;
    }

    /// <summary>All descendants of a block, parents before children.</summary>
    public List<int> DescendantsOf(int position)
    {
        var found = new HashSet<int> { position };
        var descendants = new List<int>();
        for (var candidate = position + 1; candidate < Positions; candidate++)
        {
            if (found.Contains(At(candidate).Parent) && found.Add(candidate))
                descendants.Add(candidate);
        }

        return descendants;
    }

    private void Link(int position, int height)
    {
        while (_newestAt.Count <= height)
            _newestAt.Add(-1);
        _olderAtHeight.Add(_newestAt[height]);
        _newestAt[height] = position;
    }

    private ref BlockNode At(int position) => ref _chunks[position / ChunkSize][position % ChunkSize];

    private int FirstSlot(Bytes32 headerHash) =>
        (int)(((uint)headerHash.GetHashCode() * 2654435769u) >> (32 - BitOperations.Log2((uint)_slots.Length)));

    private void Place(int position)
    {
        var mask = _slots.Length - 1;
        var slot = FirstSlot(At(position).HeaderHash);
        while (_slots[slot] != 0)
            slot = (slot + 1) & mask;
        _slots[slot] = position + 1;
    }

    private void Grow()
    {
        _slots = new int[2 * _slots.Length];
        for (var position = 0; position < Positions; position++)
            Place(position);
    }
}
