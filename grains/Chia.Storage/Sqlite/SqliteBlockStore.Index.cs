using System.Buffers.Binary;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Microsoft.Data.Sqlite;

namespace Chia.Storage.Sqlite;

/// <content>The index as a whole, figures, and the medium's own check.</content>
public sealed partial class SqliteBlockStore
{
    /// <summary>Complaints of one integrity check after which SQLite stops; nobody reads more.</summary>
    private const int MaxComplaints = 100;

    /// <inheritdoc/>
    public Task<ChainIndex> ReadIndex(CancellationToken cancellationToken = default) => Read(ReadIndex, cancellationToken);

    /// <inheritdoc/>
    public Task<ChainSummary> GetSummary(CancellationToken cancellationToken = default) => Read(Summary, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CheckMedium(CancellationToken cancellationToken = default) =>
        _readers.Run<IReadOnlyList<string>>(
            session =>
            {
                var complaints = new List<string>();
                try
                {
                    using var row = session.Query($"PRAGMA integrity_check({MaxComplaints})");
                    while (row.Read())
                    {
                        if (row.GetString(0) is var line and not "ok")
                            complaints.Add(line);
                    }
                }
                catch (SqliteException error) when (SqliteErrors.Translate(error, Location) is StoreDamagedException)
                {
                    complaints.Add(error.Message); // Too damaged even for the check to finish.
                }

                return complaints;
            },
            cancellationToken);

    private ChainIndex ReadIndex(SqliteSession session)
    {
        var records = new List<BlockRecord>();
        var faults = new List<StoreFault>();
        using (var row = session.Query("SELECT fields, header_hash, height FROM record ORDER BY id"))
        {
            while (row.Read())
            {
                // The columns beside the fields are read only where the fields fail: this loop is the start-up time.
                if (RecordCodec.Decode(row.GetFieldValue<byte[]>(0)) is { } record)
                    records.Add(record);
                else
                    faults.Add(new StoreFault(StoreFaultKind.RecordUnreadable, (uint)row.GetInt64(2), Hash(row.GetFieldValue<byte[]>(1)), "the record fails its checksum"));
            }
        }

        var heights = new List<HeightEntry>();
        using (var row = session.Query("SELECT height, header_hash FROM height ORDER BY height"))
        {
            while (row.Read())
                heights.Add(new HeightEntry((uint)row.GetInt64(0), Hash(row.GetFieldValue<byte[]>(1))));
        }

        return new ChainIndex(records, Tips(session), heights, faults);
    }

    private ChainSummary Summary(SqliteSession session)
    {
        var tips = new List<BlockRecord>();
        foreach (var tip in Tips(session))
            tips.Add(Record(session, tip) ?? throw new StoreDamagedException(Location, $"the tip {tip} is not stored"));
        return new ChainSummary(
            session.Number("SELECT count(*) FROM record"),
            tips,
            session.Scalar("SELECT max(height) FROM height") is long height ? (uint)height : null,
            SyncTarget(session),
            session.Number("SELECT count(*) FROM sync_block"));
    }

    private List<Bytes32> Tips(SqliteSession session)
    {
        var tips = new List<Bytes32>();
        using var row = session.Query("SELECT header_hash FROM tip ORDER BY position");
        while (row.Read())
            tips.Add(Hash(row.GetFieldValue<byte[]>(0)));
        return tips;
    }

    private SyncTarget? SyncTarget(SqliteSession session)
    {
        using var row = session.Query("SELECT header_hash, height, weight FROM sync_target");
        return row.Read()
            ? new SyncTarget(Hash(row.GetFieldValue<byte[]>(0)), (uint)row.GetInt64(1), BinaryPrimitives.ReadUInt64BigEndian(row.GetFieldValue<byte[]>(2)))
            : null;
    }
}
