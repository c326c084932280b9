using Chia.Grains.Work;

namespace Chia.Grains.Harvester;

/// <summary>
/// Where a harvester signs and reads its list, and, apart from that and from each other, where it reads the plots of each folder: a drive
/// that never answers keeps the threads of its own folder and nobody else's. Proofs and signatures, for which a block waits, go before
/// look-ups.
/// </summary>
public sealed class HarvesterThreads : WorkThreads
{
    /// <summary>A disk gains nothing from more at once, and look-ups must not crowd out the rest of the machine.</summary>
    private const int MostThreads = 8;

    private readonly Dictionary<string, FolderThreads> _folders = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private bool _isDisposed;

    /// <summary>Starts the threads that no disk is read on; those of a folder start when it is first read.</summary>
    /// <param name="count">How many, here and for each folder; 0 for one a core, between two and eight.</param>
    public HarvesterThreads(int count = 0)
        : base("harvester", CountOf(count))
    {
    }

    /// <summary>The threads that read a file's folder.</summary>
    /// <param name="file">Path of the file.</param>
    internal WorkThreads ForFolderOf(string file)
    {
        var folder = Path.GetDirectoryName(file) ?? "";
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_folders.TryGetValue(folder, out var threads))
                _folders.Add(folder, threads = new FolderThreads(folder, Count));
            return threads;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var threads in _folders.Values)
                threads.Dispose();
        }

        base.Dispose();
        GC.SuppressFinalize(this);
    }

    private static int CountOf(int count) => count > 0 ? count : Math.Clamp(Environment.ProcessorCount, 2, MostThreads);

    private sealed class FolderThreads(string folder, int count) : WorkThreads($"plots {folder}", count);
}
