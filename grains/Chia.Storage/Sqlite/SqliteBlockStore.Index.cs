using System.Buffers.Binary;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Storage.Codec;
using Chia.Storage.Errors;
using Microsoft.Data.Sqlite;

namespace Chia.Storage.Sqlite;

/// <content>The index as a whole, and figures.</content>
public sealed partial class SqliteBlockStore
{
    /// <inheritdoc/>
    public Task<ChainIndex> ReadIndex(CancellationToken cancellationToken = default) => Read(ReadIndex, cancellationToken);

    /// <inheritdoc/>
    public Task<ChainSummary> GetSummary(CancellationToken cancellationToken = default) => Read(Summary, cancellationToken);

    /// <inheritdoc/>
    public Task<StoredHeads> ReadRecords(Action<BlockRecord> take, CancellationToken cancellationToken = default) =>
        Read(session => ReadRecords(session, take, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public BlockRecord? ReadRecord(Bytes32 headerHash) =>
        _readers.RunHere(session => session.InTransaction("BEGIN", s => Record(s, headerHash)));

    private StoredHeads ReadRecords(SqliteSession session, Action<BlockRecord> take, CancellationToken cancellationToken)
    {
        session.Rows("SELECT fields FROM record ORDER BY id", fields =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            take(RecordCodec.Decode(fields) ?? throw new StoreDamagedException(Location, "a record fails its checksum"));
        });
        var tips = new List<Bytes32>();
        var faults = new List<StoreFault>();
        ReadTips(session, tips, faults);
        if (faults.Count > 0)
            throw new StoreDamagedException(Location, $"{faults[0]}");
        using var row = session.Query("SELECT height, header_hash FROM height ORDER BY height DESC LIMIT 1");
        HeightEntry? highest = row.Read() && row.Height(0) is { } height && row.Hash(1) is { } hash ? new HeightEntry(height, hash) : null;
        return new StoredHeads(tips, session.Number("SELECT count(*) FROM height"), highest);
    }

    private static ChainIndex ReadIndex(SqliteSession session)
    {
        var faults = new List<StoreFault>();
        var records = new List<BlockRecord>();
        var heights = new List<HeightEntry>();
        var tips = new List<Bytes32>();
        Table("record", faults, () => ReadRecords(session, records, faults));
        Table("height", faults, () => ReadHeights(session, heights, faults));
        Table("tip", faults, () => ReadTips(session, tips, faults));
        return new ChainIndex(records, tips, heights, faults);
    }

    /// <summary>Reads a table as far as it can be read.</summary>
    private static void Table(string name, List<StoreFault> faults, Action read)
    {
        try
        {
            read();
        }
        catch (SqliteException error) when (SqliteErrors.IsDamage(error))
        {
            faults.Add(new StoreFault(StoreFaultKind.Medium, null, null, $"table {name} cannot be read to its end: {error.Message}"));
        }
    }

    private static void ReadRecords(SqliteSession session, List<BlockRecord> records, List<StoreFault> faults)
    {
        using var row = session.Query("SELECT fields, header_hash, height FROM record ORDER BY id");
        while (row.Read())
        {
            var record = row.Blob(0) is { } fields ? RecordCodec.Decode(fields) : null;
            if (record is null)
                faults.Add(new StoreFault(StoreFaultKind.RecordUnreadable, row.Height(2), row.Hash(1), "the record fails its checksum"));
            else if (row.Hash(1) != record.HeaderHash || row.Height(2) != record.Height)
                faults.Add(
                    new StoreFault(
                    StoreFaultKind.RecordUnreadable, record.Height, record.HeaderHash,
                    "the record is filed under another hash or height"));
            else
                records.Add(record);
        }
    }

    private static void ReadHeights(SqliteSession session, List<HeightEntry> heights, List<StoreFault> faults)
    {
        using var row = session.Query("SELECT height, header_hash FROM height ORDER BY height");
        while (row.Read())
        {
            if (row.Height(0) is { } height && row.Hash(1) is { } hash)
                heights.Add(new HeightEntry(height, hash));
            else
                faults.Add(new StoreFault(StoreFaultKind.HeightIndex, row.Height(0), row.Hash(1), "an entry that is no height and hash"));
        }
    }

    private static void ReadTips(SqliteSession session, List<Bytes32> tips, List<StoreFault> faults)
    {
        using var row = session.Query("SELECT header_hash FROM tip ORDER BY position");
        while (row.Read())
        {
            if (row.Hash(0) is { } hash)
                tips.Add(hash);
            else
                faults.Add(new StoreFault(StoreFaultKind.Tips, null, null, "an entry that is no hash"));
        }
    }

    private ChainSummary Summary(SqliteSession session)
    {
        var hashes = new List<Bytes32>();
        var faults = new List<StoreFault>();
        ReadTips(session, hashes, faults);
        if (faults.Count != 0)
            throw new StoreDamagedException(Location, $"{faults[0]}");
        var tips = new List<BlockRecord>();
        foreach (var tip in hashes)
            tips.Add(Record(session, tip) ?? throw new StoreDamagedException(Location, $"the tip {tip} is not stored"));
        return new ChainSummary(
            session.Number("SELECT count(*) FROM record"),
            tips,
            session.Scalar("SELECT max(height) FROM height") is long height ? (uint)height : null,
            SyncTarget(session),
            session.Number("SELECT count(*) FROM sync_block"));
    }

    /// <summary>The target; null if there is none that can be read: a sync then begins anew.</summary>
    private static SyncTarget? SyncTarget(SqliteSession session)
    {
        using var row = session.Query("SELECT header_hash, height, weight FROM sync_target");
        return row.Read() && row.Hash(0) is { } hash && row.Height(1) is { } height && row.Blob(2) is { Length: sizeof(ulong) } weight
            ? new SyncTarget(hash, height, BinaryPrimitives.ReadUInt64BigEndian(weight))
            : null;
    }
}
