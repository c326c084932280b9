#if !ORLEANS
using System.Globalization;
using Chia.Embedded;
using Orleans.Storage;

namespace Chia.Silo.Hosting;

/// <summary>States of grains as JSON files, one each, replaced atomically. For one process; versions are counted in memory.</summary>
internal sealed class FileGrainStateStore(string folder) : IGrainStateStore, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<GrainStateKey, long> _versions = [];

    public async Task<GrainStateRecord?> ReadAsync(GrainStateKey key, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var path = PathOf(key);
            return File.Exists(path)
                ? new GrainStateRecord(await File.ReadAllBytesAsync(path, cancellationToken), Etag(key))
                : null;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task<string> WriteAsync(GrainStateKey key, ReadOnlyMemory<byte> json, string? etag, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var path = PathOf(key);
            Check(key, path, etag);
            Directory.CreateDirectory(folder);
            var temporary = path + ".tmp";
            await File.WriteAllBytesAsync(temporary, json, cancellationToken);
            File.Move(temporary, path, overwrite: true);
            _versions[key] = _versions.GetValueOrDefault(key) + 1;
            return Etag(key);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task ClearAsync(GrainStateKey key, string? etag, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var path = PathOf(key);
            Check(key, path, etag);
            File.Delete(path);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private void Check(GrainStateKey key, string path, string? etag)
    {
        var stored = File.Exists(path) ? Etag(key) : null;
        if (stored != etag)
            throw new InconsistentStateException($"{key} was changed by somebody else", stored, etag);
    }

    private string Etag(GrainStateKey key) => _versions.GetValueOrDefault(key).ToString(CultureInfo.InvariantCulture);

    private string PathOf(GrainStateKey key) =>
        Path.Combine(folder, string.Concat($"{key.GrainType}.{key.GrainKey}.{key.StateName}".Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_')) + ".json");
}
#endif
