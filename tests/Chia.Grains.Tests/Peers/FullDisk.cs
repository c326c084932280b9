using Chia.Embedded;

namespace Chia.Grains.Tests.Peers;

/// <summary>A store on a disk without room.</summary>
internal sealed class FullDisk : IGrainStateStore
{
    public int Attempts { get; private set; }

    public Task<GrainStateRecord?> ReadAsync(GrainStateKey key, CancellationToken cancellationToken) =>
        Task.FromResult<GrainStateRecord?>(null);

    public Task<string> WriteAsync(GrainStateKey key, ReadOnlyMemory<byte> json, string? etag, CancellationToken cancellationToken)
    {
        Attempts++;
        throw new IOException("no space left on device");
    }

    public Task ClearAsync(GrainStateKey key, string? etag, CancellationToken cancellationToken) => throw new NotSupportedException();
}
