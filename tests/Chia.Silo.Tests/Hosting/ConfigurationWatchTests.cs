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
