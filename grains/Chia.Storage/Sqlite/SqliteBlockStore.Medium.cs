using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Microsoft.Data.Sqlite;

namespace Chia.Storage.Sqlite;

/// <content>What the file says of itself.</content>
public sealed partial class SqliteBlockStore
{
    /// <summary>Complaints about pages after which no more are collected; nobody reads more.</summary>
    private const int MaxComplaints = 100;

    /// <inheritdoc/>
    public Task<MediumReport> CheckMedium(CancellationToken cancellationToken = default) =>
        _readers.Run(
            session =>
            {
                var complaints = new MediumComplaints();
                Try(complaints, () => SqliteSchema.Check(session, Location, Identity));
                Try(complaints, () => CheckPages(session, complaints));
                Try(complaints, () => CheckSyncTables(session, complaints));
                Try(complaints, () => CheckCheckpoints(session, complaints));
                if (Location != SqliteStoreOptions.InMemory)
                    CheckFile(session, complaints);
                return complaints.Report(session.IgnoresLog && LogLength() is var length and > 0
                    ? [$"the log {Location}-wal ({length} bytes, the latest commits): its folder cannot be written, so that the file was read without it"]
                    : []);
            },
            cancellationToken);

    private void CheckFile(SqliteSession session, MediumComplaints complaints)
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

    private static void CheckPages(SqliteSession session, MediumComplaints complaints)
    {
        using var row = session.Query($"PRAGMA integrity_check({MaxComplaints})");
        while (row.Read())
        {
            if (row.GetValue(0) is string line and not "ok")
                complaints.Add(line);
        }
    }

    private static void CheckSyncTables(SqliteSession session, MediumComplaints complaints)
    {
        if (session.Number("SELECT count(*) FROM sync_target") > 0 && SyncTarget(session) is null)
            complaints.Add(MediumComplaints.SyncTarget);
        using var row = session.Query("SELECT height, header_hash, bytes FROM sync_block ORDER BY id");
        while (row.Read())
            complaints.AddSyncBlock(row.Height(0), row.Hash(1), row.Blob(2));
    }

    private static void CheckCheckpoints(SqliteSession session, MediumComplaints complaints)
    {
        using var row = session.Query("SELECT name, value FROM checkpoint");
        while (row.Read())
        {
            if (row.GetValue(0) is not string name || row.Blob(1) is null)
                complaints.Add($"the checkpoint {row.GetValue(0) as string ?? "without a name"} cannot be read");
        }
    }

    private static void Try(MediumComplaints complaints, Action check)
    {
        try
        {
            check();
        }
        catch (SqliteException error) when (SqliteErrors.IsDamage(error))
        {
            complaints.Add(error.Message);
        }
        catch (StoreException error)
        {
            complaints.Add(error);
        }
    }

    private long LogLength() => new FileInfo(Location + "-wal") is { Exists: true } log ? log.Length : 0;
}
