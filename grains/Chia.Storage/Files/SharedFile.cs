using System.Text;

namespace Chia.Storage.Files;

/// <summary>
/// A small file that several processes read, change and write: configuration, keys, list of plots, states of grains.
/// A change is made under the file's <see cref="FileLock"/> and replaces the file as a whole: whoever reads, and whoever comes after a
/// crash or a power loss, finds the old content or the new. A symbolic link stays and what it leads to is replaced; permissions, owner and
/// group stay. Reading needs no lock.
/// </summary>
/// <remarks>
/// All members may throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>, whose messages name the file.
/// Calls block; they wait at most <see cref="Patience"/> for another owner.
/// </remarks>
public static class SharedFile
{
    /// <summary>Only the owner may read and write: for files with secrets.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>How long a change waits for another owner: a change takes milliseconds, a suspended owner or a slow disk
    /// seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Characters that are read: a list of 30,000 plots has 9 million, an address book with all bans 2 million.</summary>
    public const int MaxLength = 10_000_000;

    private const string TemporaryEnding = ".tmp";

    private const int BufferLength = 1 << 14;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Whether a file belongs to another user than the one who runs this process; false where that cannot be told.</summary>
    public static bool BelongsToAnother(string path) =>
        FileOwner.Of(path) is { } owner && FileOwner.OfProcess is { } process && owner.User != process.User;

    /// <summary>The file's text; null if there is none, and none behind a link.</summary>
    /// <exception cref="IOException">It is no file, or longer than <see cref="MaxLength"/>: whoever put it there, we did not.</exception>
    public static string? Read(string path)
    {
        try
        {
            using var stream = RegularFile.OpenForReading(path);
            if (stream.CanSeek && stream.Length > MaxLength)
                throw new IOException($"{path} has {stream.Length} bytes, and at most {MaxLength} are read");
            return Read(stream, path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>A device tells no length, and may have no end.</summary>
    private static string Read(FileStream stream, string path)
    {
        using var reader = new StreamReader(stream, Utf8);
        var text = new StringBuilder();
        var buffer = new char[BufferLength];
        while (reader.ReadBlock(buffer) is var length and > 0)
        {
            if (text.Length + length > MaxLength)
                throw new IOException($"{path} has more than {MaxLength} characters, and no more are read");
            text.Append(buffer, 0, length);
        }

        return text.ToString();
    }

    /// <summary>Reads, changes and writes as one step that no other owner can come between.</summary>
    /// <param name="path">The file.</param>
    /// <param name="change">Gets the present text, null if there is no file; returns the new text, null to leave everything as it
    /// is.</param>
    /// <param name="modeOfNew">Permissions of a file that is made; null: as the system's mask says. An existing file keeps its
    /// own.</param>
    /// <exception cref="FileInUseException">Another owner did not let go in time.</exception>
    public static void Change(string path, Func<string?, string?> change, UnixFileMode? modeOfNew = null)
    {
        using var held = FileLock.Take(path, Patience);
        if (change(Read(path)) is { } text)
            Write(path, Utf8.GetBytes(text), modeOfNew);
    }

    /// <summary>Writes the whole file anew.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its new content.</param>
    /// <param name="modeOfNew">As in <see cref="Change"/>.</param>
    /// <exception cref="FileInUseException">Another owner did not let go in time.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content, UnixFileMode? modeOfNew = null)
    {
        using var held = FileLock.Take(path, Patience);
        Write(path, content, modeOfNew);
    }

    /// <summary>Writes the whole file whose lock the caller holds, and goes on holding.</summary>
    public static void Replace(FileLock held, string text, UnixFileMode? modeOfNew = null) =>
        Write(held.Target, Utf8.GetBytes(text), modeOfNew);

    /// <summary>As the other <see cref="Replace(string, ReadOnlySpan{byte}, UnixFileMode?)"/>, text as UTF-8.</summary>
    public static void Replace(string path, string text, UnixFileMode? modeOfNew = null) => Replace(path, Utf8.GetBytes(text), modeOfNew);

    /// <summary>Makes a file that is not there yet.</summary>
    /// <returns>False if it is there already; then nothing was changed.</returns>
    /// <exception cref="FileInUseException">Another owner did not let go in time.</exception>
    public static bool Create(string path, string text, UnixFileMode? modeOfNew = null)
    {
        using var held = FileLock.Take(path, Patience);
        if (File.Exists(path))
            return false;
        Write(path, Utf8.GetBytes(text), modeOfNew);
        return true;
    }

    /// <summary>Where a path leads if it is a symbolic link, be the end there or not; otherwise the path itself.</summary>
    internal static string Target(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link
            ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName
            : Path.GetFullPath(path);

    private static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode? modeOfNew)
    {
        var target = Target(path);
        var folder = Path.GetDirectoryName(target)!;
        RemoveLeftovers(folder, Path.GetFileName(target));
        var temporary = TemporaryName(target);
        try
        {
            WriteTemporary(temporary, target, content, modeOfNew);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        Posix.FlushFolder(folder);
    }

    private static void WriteTemporary(string temporary, string target, ReadOnlySpan<byte> content, UnixFileMode? modeOfNew)
    {
        var isThere = File.Exists(target);
        var mode = OperatingSystem.IsWindows() ? null : isThere ? File.GetUnixFileMode(target) : modeOfNew;
        var options =
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (mode is not null && !OperatingSystem.IsWindows())
            options.UnixCreateMode = mode & OwnerOnly; // Never wider than wanted, not even for a moment.
        using var file = new FileStream(temporary, options);
        if (isThere)
            KeepOwner(file, temporary, target);
        if (mode is { } whole && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(file.SafeFileHandle, whole); // The mask does not touch this.
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Before the mode is set and anything is written: a file that changes hands loses rights that it had.</summary>
    /// <exception cref="UnauthorizedAccessException">The old file is another's, and we may not give the new one to them.</exception>
    private static void KeepOwner(FileStream file, string temporary, string target)
    {
        if (FileOwner.Of(target) is not { } owner || FileOwner.Of(temporary) is not { } ours || owner == ours
            || owner.TryGive(file.SafeFileHandle))
            return;
        if (owner.User != ours.User)
            throw new UnauthorizedAccessException($"{target} belongs to user {owner.User}, who would lose it: change it as that user");
        if (!owner.TryGiveGroup(file.SafeFileHandle))
            throw new UnauthorizedAccessException(
                $"{target} belongs to group {owner.Group}, which would lose it: change it as a member of that group");
    }

    /// <summary>What a writer that was killed left behind: the lock is ours, so nobody is writing it.</summary>
    private static void RemoveLeftovers(string folder, string name)
    {
        var length = TemporaryName(name).Length;
        foreach (var leftover in Directory.EnumerateFiles(folder, "*" + TemporaryEnding))
        {
            if (Path.GetFileName(leftover) is var found && found.Length == length
                && found.StartsWith(name + ".", StringComparison.Ordinal))
                File.Delete(leftover);
        }
    }

    private static string TemporaryName(string name) => $"{name}.{Guid.NewGuid():N}{TemporaryEnding}";
}
