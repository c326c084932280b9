using Chia.Protocol.Primitives;
using Chia.Storage.Errors;

namespace Chia.Storage.Sqlite;

/// <summary>
/// Tables, version and identity of a store. Records are apart from blocks, so that start-up reads 180 bytes a block and not 2 kB;
/// rowids grow with every commit, so both tables are appended to, and reading records in rowid order gives parents first.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>Version written, and the newest understood. A change of the tables raises it and adds a migration here.</summary>
    internal const long Version = 1;

    /// <summary>Marks the file as ours in SQLite's header: "Chia".</summary>
    internal const long ApplicationId = 0x43686961;

    /// <summary>Name of a checkpoint that is there from a writer's start to its orderly end, in the file itself and not in its log
    /// only.</summary>
    internal const string OpenMark = ".open";

    private const string Tables = """
        CREATE TABLE identity(network_id TEXT NOT NULL, genesis_hash BLOB NOT NULL, epoch INTEGER NOT NULL);
        CREATE TABLE record(id INTEGER PRIMARY KEY, header_hash BLOB NOT NULL UNIQUE, height INTEGER NOT NULL, fields BLOB NOT NULL);
        CREATE TABLE block(id INTEGER PRIMARY KEY, header_length INTEGER NOT NULL, checksum INTEGER NOT NULL, bytes BLOB NOT NULL);
        CREATE TABLE height(height INTEGER PRIMARY KEY, header_hash BLOB NOT NULL);
        CREATE TABLE tip(position INTEGER PRIMARY KEY, header_hash BLOB NOT NULL);
        CREATE TABLE checkpoint(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE sync_target(id INTEGER PRIMARY KEY, header_hash BLOB NOT NULL, height INTEGER NOT NULL, weight BLOB NOT NULL);
        CREATE TABLE sync_block(id INTEGER PRIMARY KEY, height INTEGER NOT NULL, header_hash BLOB NOT NULL, bytes BLOB NOT NULL, UNIQUE(height, header_hash));
        """;

    /// <summary>Creates the tables in an empty file, in one transaction; then as <see cref="Check"/>.</summary>
    internal static void CreateOrCheck(SqliteSession session, string location, StoreIdentity identity)
    {
        session.InTransaction("BEGIN IMMEDIATE", s =>
        {
            if (IsEmpty(s))
            {
                s.Execute(Tables);
                s.Execute("INSERT INTO identity VALUES ($1, $2, 0)", identity.NetworkId, identity.GenesisHash.ToArray());
                s.Execute($"PRAGMA application_id = {ApplicationId}");
                s.Execute($"PRAGMA user_version = {Version}");
            }

            return 0;
        });
        Check(session, location, identity);
    }

    /// <summary>Ours, of a version that we understand, of the right network.</summary>
    internal static void Check(SqliteSession session, string location, StoreIdentity identity)
    {
        if (ReadIdentity(session, location) is var stored && stored != identity)
            throw new StoreNetworkException(location, stored, identity);
    }

    /// <summary>Whose chain it is, if it is ours and of a version that we understand.</summary>
    internal static StoreIdentity ReadIdentity(SqliteSession session, string location)
    {
        if (IsEmpty(session))
            throw new StoreFormatException(location, "an empty database");
        if (session.Number("PRAGMA application_id") != ApplicationId)
            throw new StoreFormatException(location, "a SQLite database of another program");
        if (session.Number("PRAGMA user_version") is var version and > Version)
            throw new StoreVersionException(location, version, Version);
        using var row = session.Query("SELECT network_id, genesis_hash, epoch FROM identity");
        if (!row.Read() || row.GetValue(0) is not string networkId || row.Hash(1) is not { } genesis
            || row.Integer(2) is not (>= 0 and < long.MaxValue))
            throw new StoreDamagedException(location, "its identity is missing");
        return new StoreIdentity(networkId, genesis);
    }

    private static bool IsEmpty(SqliteSession session) => session.Number("SELECT count(*) FROM sqlite_master") == 0;
}
