using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Sync.HashLists;

/// <summary>
/// Records of headers that passed all rules computable from headers, contiguous and linked to our chain. They stay true whatever
/// becomes of the target, so the next target takes over what it shares (SYNC.md 7, item 9).
/// </summary>
internal sealed class VerifiedRecords
{
    private readonly List<BlockRecord> _records = [];

    /// <summary>The records, by ascending height.</summary>
    public IReadOnlyList<BlockRecord> Records => _records;

    /// <summary>Height of the last record; null if there is none.</summary>
    public uint? Last => _records.Count > 0 ? _records[^1].Height : null;

    /// <summary>The record at a height, or null.</summary>
    public BlockRecord? At(uint height) =>
        _records.Count > 0 && height >= _records[0].Height && height - _records[0].Height < (uint)_records.Count
            ? _records[(int)(height - _records[0].Height)]
            : null;

    /// <summary>Appends the next record.</summary>
    public void Add(BlockRecord record) => _records.Add(record);

    /// <summary>Replaces all.</summary>
    public void Reset(IEnumerable<BlockRecord> records)
    {
        _records.Clear();
        _records.AddRange(records);
    }

    /// <summary>Frees all.</summary>
    public void Clear()
    {
        _records.Clear();
        _records.TrimExcess();
    }

    /// <summary>Drops the record at <paramref name="height"/> and those above.</summary>
    public void TruncateFrom(uint height)
    {
        while (_records.Count > 0 && _records[^1].Height >= height)
            _records.RemoveAt(_records.Count - 1);
    }

    /// <summary>Keeps what <paramref name="view"/> shares above the fork point, and only if it begins right there.</summary>
    public void KeepShared(HashList view, uint forkHeight)
    {
        var kept = new List<BlockRecord>();
        var height = forkHeight + 1;
        while (height <= view.Last && At(height) is { } record && record.HeaderHash == view.HashAt(height++))
            kept.Add(record);
        Reset(kept);
    }

    /// <summary>Challenge hash at a height above the fork point, if it is pinned: verified, and named by a verified successor.</summary>
    public Bytes32? PinnedChallenge(uint height) => At(height + 1) is not null ? At(height)?.ChallengeHash : null;
}
