namespace Chia.Silo.Hosting;

/// <summary>A file that a running process goes by.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Read">Reads it again and does what it says; false if nothing in it has changed.</param>
/// <exception cref="UserException">Of <paramref name="Read"/>: a mistake in it; nothing was changed.</exception>
internal sealed record WatchedFile(string Path, Func<bool> Read)
{
    public string Name => System.IO.Path.GetFileName(Path);
}

/// <summary>
/// Takes changes of config.yaml, or of a cluster's file, into a running process: levels of log lines, and the peers that are kept
/// connected (OPERATIONS 2). Everything else wants a start. A file with a mistake changes nothing, and is complained of.
/// </summary>
internal sealed class ConfigurationWatch(WatchedFile file, TimeProvider time, ILogger<ConfigurationWatch> log)
    : IHostedService, IDisposable
{
    /// <summary>Editors empty a file before they fill it: it is read when it has been quiet for so long.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private FileSystemWatcher? _watch;
    private ITimer? _quiet;
    private (DateTime Written, long Length)? _read;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _quiet = time.CreateTimer(_ => Read(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            _watch = new FileSystemWatcher(Path.GetDirectoryName(file.Path)!, file.Name);
            // An editor writes into it, or puts another in its place.
            _watch.Changed += OnChange;
            _watch.Created += OnChange;
            _watch.Renamed += OnChange;
            _watch.Deleted += OnChange;
            _watch.EnableRaisingEvents = true;
        }
        catch (Exception error) when (error is IOException or ArgumentException)
        {
            // The system has no watcher left for us (fs.inotify.max_user_instances): a node runs without.
            ConfigurationLog.NotWatched(log, file.Name, error.Message);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _quiet?.Dispose();
    }

    private void OnChange(object watch, FileSystemEventArgs change) => Changed();

    /// <summary>The system says that it was changed.</summary>
    internal void Changed() => _quiet?.Change(Quiet, Timeout.InfiniteTimeSpan);

    /// <summary>Reads the file again, and does what it says.</summary>
    private void Read()
    {
        lock (_lock)
        {
            // What the system tells late, after the file was read, is no change.
            var now = new FileInfo(file.Path) is { Exists: true } there ? (there.LastWriteTimeUtc, there.Length) : (default, -1);
            if (_read == now)
                return;
            _read = now;
            try
            {
                if (file.Read())
                    ConfigurationLog.Taken(log, file.Name);
            }
            catch (UserException fault)
            {
                ConfigurationLog.Refused(log, fault.Message);
            }
        }
    }
}

internal static partial class ConfigurationLog
{
    [LoggerMessage(5101, LogLevel.Information, "{File} was changed: levels of log lines and peers are as it says now")]
    public static partial void Taken(ILogger logger, string file);

    [LoggerMessage(5103, LogLevel.Warning, "Changes of {File} are not seen before the next start: {Why}")]
    public static partial void NotWatched(ILogger logger, string file, string why);

    [LoggerMessage(5102, LogLevel.Warning, "What was changed is not taken over, and everything stays as it was: {Fault}")]
    public static partial void Refused(ILogger logger, string fault);
}
