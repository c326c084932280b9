namespace Chia.Storage.Postgres;

/// <summary>Which database, which node in it, of which network.</summary>
public sealed record PostgresStoreOptions
{
    /// <summary>Where the server is, in Npgsql's words.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The node whose chain it is: the key of all its rows. Many nodes share a database.</summary>
    public required string Node { get; init; }

    /// <summary>Whose chain it must hold.</summary>
    public required StoreIdentity Identity { get; init; }
}
