using System.Globalization;
using Orleans.Storage;

namespace Chia.Embedded;

/// <summary>Keeps states for as long as the process lives.</summary>
public sealed class MemoryGrainStateStore : IGrainStateStore
{
    private readonly Dictionary<GrainStateKey, GrainStateRecord> _records = [];
    private long _version;

    /// <inheritdoc/>
    public Task<GrainStateRecord?> ReadAsync(GrainStateKey key, CancellationToken cancellationToken)
    {
        lock (_records)
            return Task.FromResult(_records.GetValueOrDefault(key));
    }

    /// <inheritdoc/>
    public Task<string> WriteAsync(GrainStateKey key, ReadOnlyMemory<byte> json, string? etag, CancellationToken cancellationToken)
    {
        lock (_records)
        {
            Check(key, etag);
            var written = (++_version).ToString(CultureInfo.InvariantCulture);
            _records[key] = new GrainStateRecord(json.ToArray(), written);
            return Task.FromResult(written);
        }
    }

    /// <inheritdoc/>
    public Task ClearAsync(GrainStateKey key, string? etag, CancellationToken cancellationToken)
    {
        lock (_records)
        {
            Check(key, etag);
            _records.Remove(key);
            return Task.CompletedTask;
        }
    }

    private void Check(GrainStateKey key, string? etag)
    {
        var stored = _records.GetValueOrDefault(key)?.Etag;
        if (stored != etag)
            throw new InconsistentStateException($"{key} was changed by somebody else.", stored, etag);
    }
}
