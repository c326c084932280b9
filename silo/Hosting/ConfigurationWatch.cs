using Chia.Silo.Configuration;
using Chia.Silo.Node;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Chia.Silo.Hosting;

/// <summary>
/// Takes changes of config.yaml into a running node: levels of log lines, and the peers that are kept connected (OPERATIONS 2). Everything
/// else wants a start. A file with a mistake changes nothing, and is complained of.
/// </summary>
internal sealed class ConfigurationWatch(
    NodeSettings settings, LogLevels levels, NodeGateways gateways, TimeProvider time, ILogger<ConfigurationWatch> log)
    : IHostedService, IDisposable
{
    /// <summary>Editors empty a file before they fill it: it is read when it has been quiet for so long.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private PhysicalFileProvider? _folder;
    private IDisposable? _watch;
    private ITimer? _quiet;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _quiet = time.CreateTimer(_ => Read(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            _folder = new PhysicalFileProvider(Path.GetFullPath(settings.Root));
            _watch = ChangeToken.OnChange(
                () => _folder.Watch(NodeConfiguration.FileName), () => _quiet.Change(Quiet, Timeout.InfiniteTimeSpan));
        }
        catch (IOException error)
        {
            // The system has no watcher left for us (fs.inotify.max_user_instances): a node runs without.
            ConfigurationLog.NotWatched(log, NodeConfiguration.FileName, error.Message);
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
        _folder?.Dispose();
    }

    /// <summary>Reads the file again, and does what it says.</summary>
    private void Read()
    {
        lock (_lock)
        {
            try
            {
                if (settings.Reread!() is not { } changed)
                    return;
                levels.Set(changed.Log);
                gateways.SetPeers(changed.Roles);
                ConfigurationLog.Taken(log, NodeConfiguration.FileName);
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
