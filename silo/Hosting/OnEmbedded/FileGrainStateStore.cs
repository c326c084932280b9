using Chia.Embedded;

namespace Chia.Silo.Hosting;

/// <summary>The node's state files as a store of the Embedded engine.</summary>
internal sealed class FileGrainStateStore(StateFiles files) : IGrainStateStore, IDisposable
{
    public async Task<GrainStateRecord?> ReadAsync(GrainStateKey key, CancellationToken cancellationToken) =>
        await files.Read(NameOf(key), cancellationToken) is { } found ? new GrainStateRecord(found.Json, found.Etag) : null;

    public Task<string> WriteAsync(GrainStateKey key, ReadOnlyMemory<byte> json, string? etag, CancellationToken cancellationToken) =>
        files.Write(NameOf(key), json, etag, cancellationToken);

    public Task ClearAsync(GrainStateKey key, string? etag, CancellationToken cancellationToken) =>
        files.Clear(NameOf(key), etag, cancellationToken);

    public void Dispose() => files.Dispose();

    private static string NameOf(GrainStateKey key) => $"{key.GrainType}.{key.GrainKey}.{key.StateName}";
}
