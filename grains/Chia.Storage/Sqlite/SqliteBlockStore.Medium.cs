using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Storage.Errors;
using Microsoft.Data.Sqlite;

namespace Chia.Storage.Sqlite;

/// <content>What the file says of itself.</content>
public sealed partial class SqliteBlockStore
{
    /// <summary>Complaints of one kind after which no more are collected; nobody reads more.</summary>
    private const int MaxComplaints = 100;

    /// <inheritdoc/>
    public Task<MediumReport> CheckMedium(CancellationToken cancellationToken = default) =>
        _readers.Run(
            session =>
            {
                var complaints = new List<string>();
                Try(complaints, () => SqliteSchema.Check(session, Location, Identity));
                Try(complaints, () => CheckPages(session, complaints));
                Try(complaints, () => CheckSyncTables(session, complaints));
                Try(complaints, () => CheckCheckpoints(session, complaints));
                if (Location != SqliteStoreOptions.InMemory)
                    CheckFile(session, complaints);
                return new MediumReport(complaints, session.IgnoresLog && LogLength() is var length and > 0
                    ? [$"the log {Location}-wal ({length} bytes, the latest commits): its folder cannot be written, so that the file was read without it"]
                    : []);
            },
            cancellationToken);

    private void CheckFile(SqliteSession session, List<string> complaints)
    {
        // A reader for maintenance overlooks what keeps a node from opening the file.
        Try(complaints, () => OpenReading(Location, anyway: false).Dispose());
        Try(complaints, () =>
        {
            if (new FileInfo(Location).Length % session.Number("PRAGMA page_size") != 0)
                complaints.Add("the file ends within a page: it is cut off");
        });
        Try(complaints, () =>
        {
            if (LogLength() == 0 && session.Scalar("SELECT 1 FROM checkpoint WHERE name = $1", SqliteSchema.OpenMark) is not null)
                complaints.Add($"its writer did not close it in order and its log {Location}-wal is gone: the latest commits are missing");
        });
    }

    private static void CheckPages(SqliteSession session, List<string> complaints)
    {
        using var row = session.Query($"PRAGMA integrity_check({MaxComplaints})");
        while (row.Read())
        {
            if (row.GetValue(0) is string line and not "ok")
                complaints.Add(line);
        }
    }

    /// <summary>What a sync keeps has no checksum: the block's own hash is one.</summary>
    private static void CheckSyncTables(SqliteSession session, List<string> complaints)
    {
        if (session.Number("SELECT count(*) FROM sync_target") > 0 && SyncTarget(session) is null)
            complaints.Add("the sync target cannot be read");
        var most = complaints.Count + MaxComplaints;
        using var row = session.Query("SELECT id, height, header_hash, bytes FROM sync_block ORDER BY id");
        while (row.Read() && complaints.Count < most)
        {
            var isWhole = row.Height(1) is not null && row.Hash(2) is { } hash && row.Blob(3) is { } bytes
                && StreamableExtensions.TryDecode<Protocol.Blocks.FullBlock>(bytes, out var block) == StreamableError.None
                && block!.HeaderHash() == hash;
            if (!isWhole)
                complaints.Add($"sync block {row.Integer(0)} is not what was stored; it would be fetched again");
        }
    }

    private static void CheckCheckpoints(SqliteSession session, List<string> complaints)
    {
        using var row = session.Query("SELECT name, value FROM checkpoint");
        while (row.Read())
        {
            if (row.GetValue(0) is not string name || row.Blob(1) is null)
                complaints.Add($"the checkpoint {row.GetValue(0) as string ?? "without a name"} cannot be read");
        }
    }

    private static void Try(List<string> complaints, Action check)
    {
        try
        {
            check();
        }
        catch (SqliteException error) when (SqliteErrors.IsDamage(error))
        {
            if (!complaints.Contains(error.Message))
                complaints.Add(error.Message);
        }
        catch (StoreDamagedException error)
        {
            complaints.Add(error.Damage);
        }
        catch (StoreException error)
        {
            complaints.Add(error.Message);
        }
    }

    private long LogLength() => new FileInfo(Location + "-wal") is { Exists: true } log ? log.Length : 0;
}
