using System.Globalization;
using Chia.Storage.Files;
using Orleans.Storage;

namespace Chia.Silo.Hosting.State;

/// <summary>
/// States of grains as JSON files, one each, replaced as a whole. For one process; versions are counted in memory.
/// A state is named by type, key and name, joined by dots.
/// </summary>
internal sealed class StateFiles(string folder) : IDisposable
{
    /// <summary>The ending that a file gets that cannot be read. An earlier file of that name is replaced.</summary>
    public const string DamagedEnding = ".damaged";

    /// <summary>
    /// The longest file that is read: a full address book with all bans has under 2 MB, so anything longer was not written here.
    /// </summary>
    private const long LongestState = 16 << 20;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, long> _versions = [];

    /// <summary>Null if there is none.</summary>
    /// <exception cref="IOException">It cannot be read, or is far too long.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public async Task<(byte[] Json, string Etag)?> Read(string name, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var path = PathOf(name);
            if (!Path.Exists(path))
                return null;
            RegularFile.Require(path);
            if (new FileInfo(path).Length > LongestState)
                throw new IOException($"{path} is longer than any state");
            return (await File.ReadAllBytesAsync(path, cancellation), Etag(name));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Renames a file that cannot be used, so that a new one can take its place and nothing is lost.</summary>
    /// <returns>Its new path.</returns>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be renamed.</exception>
    public async Task<string> SetAside(string name, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var path = PathOf(name);
            if (Directory.Exists(path))
                Directory.Move(path, path + DamagedEnding);
            else
                File.Move(path, path + DamagedEnding, overwrite: true);
            return path + DamagedEnding;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <exception cref="InconsistentStateException">Another version is there.</exception>
    public async Task<string> Write(string name, ReadOnlyMemory<byte> json, string? etag, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var path = PathOf(name);
            Check(name, path, etag);
            Directory.CreateDirectory(folder);

            // Not on the caller's turn: it waits for the disk.
            await Task.Run(() => SharedFile.Replace(path, json.Span), cancellation);
            _versions[name] = _versions.GetValueOrDefault(name) + 1;
            return Etag(name);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <exception cref="InconsistentStateException">Another version is there.</exception>
    public async Task Clear(string name, string? etag, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var path = PathOf(name);
            Check(name, path, etag);
            File.Delete(path);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private void Check(string name, string path, string? etag)
    {
        var stored = File.Exists(path) ? Etag(name) : null;
        if (stored != etag)
            throw new InconsistentStateException($"{name} was changed by somebody else", stored, etag);
    }

    private string Etag(string name) => _versions.GetValueOrDefault(name).ToString(CultureInfo.InvariantCulture);

    private string PathOf(string name) =>
        Path.Combine(folder, string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_')) + ".json");
}
