using Chia.Silo.Node;
using Chia.Storage.Files;

namespace Chia.Silo.Hosting;

/// <summary>
/// Where a running node notes the address of its local RPC, for commands that know its folder. The note is locked as long as its node
/// runs: one that nobody holds was left by a process that was killed, and what answers at its address may be anything.
/// </summary>
internal sealed class RpcNote : IDisposable
{
    private readonly string _path;
    private readonly FileLock? _held;

    private RpcNote(string path, FileLock? held, string url)
    {
        _path = path;
        _held = held;
        Url = url;
    }

    /// <summary>The address.</summary>
    public string Url { get; }

    /// <summary>Says before anything starts that the address could not be noted at its end. A note left behind, by whomever, is
    /// removed.</summary>
    /// <exception cref="UserException">The note could not be written.</exception>
    public static void Require(string root)
    {
        var path = NodePaths.RpcFile(root);
        try
        {
            using var held = FileLock.Take(path, TimeSpan.Zero);
            File.Delete(path);
        }
        catch (FileInUseException)
        {
            // Another process of this folder noted its own.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"cannot write {path}, where the node notes the address of its API: {FileFault.OfFile(path, error)}");
        }
    }

    /// <summary>Notes an address. Where another process of the same folder has noted its own, that one stays.</summary>
    /// <exception cref="UserException">The note cannot be written.</exception>
    public static RpcNote Write(string root, string url)
    {
        var path = NodePaths.RpcFile(root);
        try
        {
            var held = FileLock.Take(path, TimeSpan.Zero);
            SharedFile.Replace(held, url);
            return new RpcNote(path, held, url);
        }
        catch (FileInUseException)
        {
            return new RpcNote(path, null, url);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"cannot write {path}, where the node notes the address of its API: {FileFault.OfFile(path, error)}");
        }
    }

    /// <summary>The address that the running node of a folder noted; null if none runs. A note left behind is removed.</summary>
    public static string? Find(string root)
    {
        var path = NodePaths.RpcFile(root);
        if (!File.Exists(path))
            return null;
        try
        {
            using var held = FileLock.Take(path, TimeSpan.Zero);
            File.Delete(path);
            return null;
        }
        catch (FileInUseException)
        {
            return SharedFile.Read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that we may not write: whether somebody holds the note is seen by asking.
            return SharedFile.Read(path);
        }
    }

    public void Dispose()
    {
        if (_held is null)
            return;
        File.Delete(_path);
        _held.Dispose();
    }
}
