namespace Orleans.Core;

/// <summary>A record of a grain in a store. To be used from the grain's own turns.</summary>
public interface IStorage
{
    /// <summary>The version of the record that was last read or written; null when there is none.</summary>
    string? Etag { get; }

    /// <summary>Whether the store held a record when it was last read, written or cleared.</summary>
    bool RecordExists { get; }

    /// <summary>Deletes the record and makes the state new.</summary>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="Storage.InconsistentStateException">Somebody else has written since.</exception>
    Task ClearStateAsync();

    /// <summary>Writes the state as it is now.</summary>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="Storage.InconsistentStateException">Somebody else has written since.</exception>
    Task WriteStateAsync();

    /// <summary>Reads the state, in place of what is in memory.</summary>
    /// <returns>A task that ends when it is done.</returns>
    Task ReadStateAsync();
}
