namespace Chia.Storage.Sqlite;

/// <summary>Which file, of which network.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>In place of a path: a store that lives as long as the object, for tests and simulations.</summary>
    public const string InMemory = ":memory:";

    /// <summary>The database file; its folder is created when a writer opens it. Beside it SQLite keeps <c>-wal</c> and <c>-shm</c>, and
    /// the writer <c>.lock</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Whose chain it must hold.</summary>
    public required StoreIdentity Identity { get; init; }

    /// <summary>Reads that run at the same time; each has a connection. Reading is bound by memory and disk, so few suffice.</summary>
    public int MaxReaders { get; init; } = 4;
}
