using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.Postgres;
using Chia.Storage.Sqlite;

namespace Chia.Storage.Providers;

/// <summary>From an address, as a person or a cluster's file gives it, to the place of block stores that it means.</summary>
public static class BlockStorePlace
{
    /// <summary>
    /// The place at an address: a PostgreSQL connection string (<c>Host=…;Database=…</c>) or URL (<c>postgresql://user@host:port/database</c>),
    /// else the path of a SQLite file. Nothing is opened yet.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It begins as one of these and is none.</exception>
    public static IStoreMaintenance At(string address)
    {
        if (KindOf(address) != BlockStoreKind.Postgres)
            return new SqliteBlockStores(address);
        try
        {
            return new PostgresBlockStores(address);
        }
        catch (ArgumentException error)
        {
            // The message names the word that is wrong; the address may hold a password.
            throw new StoreUnavailableException("PostgreSQL", error.Message, error);
        }
    }

    /// <summary>Which provider an address means.</summary>
    public static BlockStoreKind KindOf(string address) =>
        PostgresBlockStores.IsAddress(address) ? BlockStoreKind.Postgres : BlockStoreKind.Sqlite;
}

/// <summary>The providers (CLUSTER 4).</summary>
public enum BlockStoreKind
{
    /// <summary>A file of one process.</summary>
    Sqlite = 1,

    /// <summary>A PostgreSQL database.</summary>
    Postgres,
}
