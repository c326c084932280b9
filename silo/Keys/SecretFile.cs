using Chia.Silo.Configuration;
using Chia.Storage.Files;

namespace Chia.Silo.Keys;

/// <summary>Files that only their owner may read. Changed under a lock, and whole or not at all; a link stays a link.</summary>
internal static class SecretFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>As secrets are mounted in pods and containers: theirs is another owner, the program's group may read, and nobody
    /// write (CLUSTER.md 7).</summary>
    private const UnixFileMode Mounted = UnixFileMode.UserRead | UnixFileMode.GroupRead;

    /// <summary>The text of a file; null if there is none. Refuses one that others can read, as the harm is done silently
    /// otherwise.</summary>
    /// <exception cref="UserException">It cannot be read, or others can.</exception>
    public static string? Read(string path)
    {
        if (!Path.Exists(path))
            return null;
        RequireClosed(path);
        return YamlText.ReadFile(path);
    }

    /// <summary>Reads, changes and writes as one step that no other process comes between.</summary>
    /// <param name="path">The file.</param>
    /// <param name="change">Gets the text, null if there is no file; returns the new one, null to leave everything as it is.</param>
    /// <exception cref="UserException">It cannot be read or written, or others can read it.</exception>
    public static void Change(string path, Func<string?, string?> change)
    {
        try
        {
            if (Path.Exists(path))
                RequireClosed(path);
            SharedFile.Change(path, change, SharedFile.OwnerOnly);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"cannot write {path}: {FileFault.OfFile(path, error)}");
        }
    }

    private static void RequireClosed(string path)
    {
        try
        {
            // Modes of something else say nothing, and to change them would not help.
            RegularFile.Require(path);
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & Others) != 0
                && !(mode == Mounted && SharedFile.BelongsToAnother(path)))
            {
                throw new UserException($"{path} holds private keys and is open to others: close it with: chmod 600 {path}");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"cannot read {path}: {FileFault.OfFile(path, error)}");
        }
    }
}
