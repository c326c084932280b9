using Chia.Storage.Files;

namespace Chia.Storage.Ports;

/// <summary>
/// Ports that a process was given and need not listen on yet, or not just now: no other process that asks here is given them. A lock for
/// each ten of them is held as long as the process lives, however it ends. Where none can be made nothing is claimed, nor where others
/// could put links to our files in the place of the locks.
/// </summary>
/// <param name="folder">The same for all processes of a user.</param>
internal sealed class PortClaims(string folder) : IDisposable
{
    private const int Step = 10;
    private const UnixFileMode Ours = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly List<FileLock> _held = [];

    /// <summary>Where all processes of this user claim.</summary>
    public static PortClaims OfUser { get; } = new(Path.Combine(Path.GetTempPath(), $"chia-ports-{Environment.UserName}"));

    /// <summary>Takes a run of ports; false if somebody has one of them, or a neighbour of one.</summary>
    public bool TryTake(int first, int count)
    {
        List<FileLock> taken = [];
        try
        {
            if (!MakeFolder())
                return true;
            for (var ten = first / Step; ten <= (first + count - 1) / Step; ten++)
                taken.Add(FileLock.Take(Path.Combine(folder, $"{ten * Step}"), TimeSpan.Zero));
        }
        catch (FileInUseException)
        {
            taken.ForEach(claim => claim.Dispose());
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another user's folder, or no room: what is free just now is all that can be known.
        }

        lock (_held)
            _held.AddRange(taken);
        return true;
    }

    public void Dispose()
    {
        lock (_held)
            _held.ForEach(claim => claim.Dispose());
    }

    /// <summary>Makes the folder; false if it is not ours alone.</summary>
    private bool MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return true;
        }

        var made = Directory.CreateDirectory(folder, Ours);
        return made.LinkTarget is null && (made.UnixFileMode & WritableByOthers) == 0
            && FileOwner.Of(folder)?.User == FileOwner.OfProcess?.User;
    }
}
