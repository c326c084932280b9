namespace Chia.Embedded;

/// <summary>
/// Keeps the persistent states of grains. Called from the turns of many grains at once; should not block, since a blocked
/// turn blocks a thread of the pool.
/// </summary>
public interface IGrainStateStore
{
    /// <summary>Reads a record.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The record; null when there is none.</returns>
    Task<GrainStateRecord?> ReadAsync(GrainStateKey key, CancellationToken cancellationToken);

    /// <summary>Writes a record if nobody else has.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="json">The state, UTF-8 JSON.</param>
    /// <param name="etag">The version that is to be replaced; null when there should be none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="Orleans.Storage.InconsistentStateException">The store holds another version.</exception>
    Task<string> WriteAsync(GrainStateKey key, ReadOnlyMemory<byte> json, string? etag, CancellationToken cancellationToken);

    /// <summary>Deletes a record if nobody else has changed it.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="etag">The version that is to be deleted; null when there should be none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when the record is gone.</returns>
    /// <exception cref="Orleans.Storage.InconsistentStateException">The store holds another version.</exception>
    Task ClearAsync(GrainStateKey key, string? etag, CancellationToken cancellationToken);
}
