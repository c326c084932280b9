using Chia.Silo.Hosting;
using Chia.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Silo.Tests.Hosting;

/// <summary>A file that a running process goes by is read again, however it was changed (OPERATIONS 2).</summary>
public sealed class ConfigurationWatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "config.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Written_into() =>
        Assert.True(await IsReadAfter(() => System.IO.File.AppendAllText(File, "log_level: debug\n")));

    [Fact]
    public async Task Another_put_in_its_place() => Assert.True(await IsReadAfter(() =>
    {
        var other = Path.Combine(_folder.Path, "config.yaml.new");
        System.IO.File.WriteAllText(other, "log_level: debug\n");
        System.IO.File.Move(other, File, overwrite: true);
    }));

    [Fact]
    public async Task Removed() => Assert.True(await IsReadAfter(() => System.IO.File.Delete(File)));

    /// <summary>The system tells of one writing in several words, the last of which may come when the file was read: a mistake in it was
    /// complained of twice.</summary>
    [Fact]
    public async Task What_is_told_of_it_late_is_no_change()
    {
        var stopping = TestContext.Current.CancellationToken;
        var (time, read) = (new ManualTime(), 0);
        await System.IO.File.WriteAllTextAsync(File, "log_level: debug\n", stopping);
        using var watch = new ConfigurationWatch(
            new WatchedFile(File, () => ++read > 0), time, NullLogger<ConfigurationWatch>.Instance);
        await watch.StartAsync(stopping);
        watch.Changed();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, read);

        watch.Changed();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, read);
        await System.IO.File.WriteAllTextAsync(File, "log_level: info\n", stopping);
        watch.Changed();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, read);
    }

    private async Task<bool> IsReadAfter(Action change)
    {
        var stopping = TestContext.Current.CancellationToken;
        await System.IO.File.WriteAllTextAsync(File, "", stopping);
        var read = new TaskCompletionSource();
        using var watch = new ConfigurationWatch(
            new WatchedFile(File, () => read.TrySetResult()), TimeProvider.System, NullLogger<ConfigurationWatch>.Instance);
        await watch.StartAsync(stopping);

        change();

        await read.Task.WaitAsync(Patience, stopping);
        return read.Task.IsCompletedSuccessfully;
    }
}
