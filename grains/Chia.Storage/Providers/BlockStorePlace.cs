using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.MongoDB;
using Chia.Storage.Postgres;
using Chia.Storage.Sqlite;
using MongoDB.Driver;

namespace Chia.Storage.Providers;

/// <summary>From an address, as a person or a cluster's file gives it, to the place of block stores that it means.</summary>
public static class BlockStorePlace
{
    /// <summary>
    /// The place at an address: a PostgreSQL connection string (<c>Host=…;Database=…</c>) or URL
    /// (<c>postgresql://user@host:port/database</c>), MongoDB's (<c>mongodb://host/database</c>), else the path of a SQLite file. Nothing
    /// is opened yet.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It begins as one of these and is none.</exception>
    public static IStoreMaintenance At(string address)
    {
        var kind = KindOf(address);
        try
        {
            return kind switch
            {
                BlockStoreKind.Postgres => new PostgresBlockStores(address),
                BlockStoreKind.MongoDb => new MongoBlockStores(address),
                _ => new SqliteBlockStores(address),
            };
        }
        catch (Exception error) when (error is ArgumentException or MongoConfigurationException)
        {
            // Not the address itself: it may hold a password.
            throw new StoreUnavailableException($"{kind}", "its address is malformed", error);
        }
    }

    /// <summary>Which provider an address means.</summary>
    public static BlockStoreKind KindOf(string address) =>
        MongoBlockStores.IsAddress(address) ? BlockStoreKind.MongoDb
        : PostgresBlockStores.IsAddress(address) ? BlockStoreKind.Postgres
        : BlockStoreKind.Sqlite;
}

/// <summary>The providers (CLUSTER 4).</summary>
public enum BlockStoreKind
{
    /// <summary>A file of one process.</summary>
    Sqlite = 1,

    /// <summary>A PostgreSQL database.</summary>
    Postgres,

    /// <summary>A MongoDB database.</summary>
    MongoDb,
}
