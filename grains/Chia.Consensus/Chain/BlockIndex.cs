using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Chain;

/// <summary>
/// Every accepted block by header hash, side branches included, in less than 64 bytes a block: its hash, packed numbers, a slot, its
/// height. Positions grow with the commits, parents before children. Challenge hash and quality of old blocks are read from the store. Not
/// for several threads at once, reading included.
/// </summary>
internal sealed class BlockIndex
{
    /// <summary>Hashes a chunk: growing copies none of them.</summary>
    private const int ChunkSize = 1024;

    private readonly List<Bytes32[]> _hashes = [];
    private readonly NumberColumn _numbers = new();
    private readonly ProofColumn _proofs;
    private readonly HashSlots _slots = new();

    /// <summary>The newest position of each height; those before it, where there are any, by the newer one.</summary>
    private readonly IntColumn _newestAt = new();
    private readonly List<(int Newer, int Older)> _older = [];

    private readonly HashSet<int> _removed = [];

    /// <param name="stored">Reads the record of a stored block; null if the blocks are stored nowhere.</param>
    internal BlockIndex(Func<Bytes32, BlockRecord>? stored) => _proofs = new ProofColumn(stored);

    /// <summary>Blocks, those taken out included: positions are below this.</summary>
    public int Positions => _numbers.Count;

    /// <summary>Blocks that can be found.</summary>
    public int Count => Positions - _removed.Count;

    /// <summary>The first position whose challenge and quality are known without reading the store.</summary>
    public int FirstInMemory => _proofs.FirstHere;

    /// <summary>The numbers at a position.</summary>
    public BlockNumbers this[int position] =>
        _removed.Count > 0 && _removed.Contains(position) ? _numbers[position] with { Parent = BlockNumbers.Removed } : _numbers[position];

    /// <summary>The header hash at a position.</summary>
    public Bytes32 HashAt(int position) => _hashes[position / ChunkSize][position % ChunkSize];

    /// <summary>Challenge hash and quality at a position that is not below <see cref="FirstInMemory"/>.</summary>
    public (Bytes32 Challenge, Bytes32 Quality) ProofAt(int position) => _proofs.At(position);

    /// <summary>Position of a block, or −1.</summary>
    public int Find(Bytes32 headerHash)
    {
        for (var candidates = _slots.Find(headerHash); candidates.MoveNext();)
        {
            var position = candidates.Current;
            if (HashAt(position) == headerHash && (_removed.Count == 0 || !_removed.Contains(position)))
                return position;
        }

        return -1;
    }

    /// <summary>Room for so many blocks more.</summary>
    public void Reserve(int blocks) => _slots.Reserve(Positions + blocks, HashAt);

    /// <summary>Adds a block that is not there yet; its parent is there, or it has height 0.</summary>
    /// <exception cref="InvalidOperationException">It is there, or its parent is not.</exception>
    public int Add(BlockRecord record)
    {
        if (Find(record.HeaderHash) >= 0)
            throw new InvalidOperationException($"block {record.HeaderHash} is in the index already");
        var parent = record.Height == 0 ? BlockNumbers.NoParent : Find(record.PrevHeaderHash);
        if (record.Height != 0 && (parent < 0 || this[parent].Height != record.Height - 1))
            throw new InvalidOperationException($"block {record.HeaderHash} at height {record.Height} has no parent in the index");

        var position = Positions;
        if (position == _hashes.Count * ChunkSize)
            _hashes.Add(new Bytes32[ChunkSize]);
        _hashes[position / ChunkSize][position % ChunkSize] = record.HeaderHash;
        _slots.Add(record.HeaderHash, position, HashAt);
        _numbers.Add(new BlockNumbers(
            parent, record.Height, record.TotalWeight, record.TotalIterations, record.Timestamp, record.Difficulty,
            record.IterationsPerSecond));
        _proofs.Add(record.ChallengeHash, record.Quality);
        LinkHeight(position, (int)record.Height);
        return position;
    }

    /// <summary>The positions of a height, newest first.</summary>
    public IEnumerable<int> PositionsAt(uint height)
    {
        for (var position = height < _newestAt.Count ? _newestAt[(int)height] : -1; position >= 0; position = OlderThan(position))
        {
            if (!_removed.Contains(position))
                yield return position;
        }
    }

    /// <summary>The record at a position.</summary>
    public BlockRecord RecordAt(int position)
    {
        var headerHash = HashAt(position);
        if (position < FirstInMemory)
            return _proofs.Read(position, headerHash);
        var numbers = _numbers[position];
        var (challenge, quality) = _proofs.At(position);
        return new BlockRecord(
            headerHash,
            numbers.Parent >= 0 ? HashAt(numbers.Parent) : default,
            challenge,
            numbers.Height,
            numbers.TotalWeight,
            numbers.TotalIterations,
            numbers.Timestamp,
            numbers.Difficulty,
            numbers.IterationsPerSecond,
            quality);
    }

    /// <summary>The same block in its other variant (DECISIONS 1), when it is stored so.</summary>
    public void SetChallengeHash(int position, Bytes32 challengeHash) => _proofs.SetChallenge(position, challengeHash);

    /// <summary>Takes a block out. Its descendants must be taken out as well.</summary>
    public void Remove(int position) => _removed.Add(position);

    /// <summary>All descendants of a block, parents before children.</summary>
    public List<int> DescendantsOf(int position)
    {
        var found = new HashSet<int> { position };
        var descendants = new List<int>();
        for (var candidate = position + 1; candidate < Positions; candidate++)
        {
            if (found.Contains(this[candidate].Parent) && found.Add(candidate))
                descendants.Add(candidate);
        }

        return descendants;
    }

    private void LinkHeight(int position, int height)
    {
        while (_newestAt.Count <= height)
            _newestAt.Add(-1);
        if (_newestAt[height] is var older and >= 0)
            _older.Add((position, older));
        _newestAt[height] = position;
    }

    /// <summary>The position before one at the same height, or −1. The list is in the order of its newer positions.</summary>
    private int OlderThan(int position)
    {
        var (low, high) = (0, _older.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_older[middle].Newer == position)
                return _older[middle].Older;
            (low, high) = _older[middle].Newer < position ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}
