using Chia.Cryptography;
using Chia.Silo.Hosting;
using Microsoft.Extensions.Logging;

namespace Chia.Silo.Tests.Hosting;

/// <summary>The log says once of each kind of vectors that it failed its self-check, whether before the node started or after.</summary>
public sealed class VectorFaultWatchTests
{
    private readonly VectorFaults _faults = new();
    private readonly Lines _log = new();

    [Fact]
    public async Task Vectors_that_fail_their_self_check_are_warned_of_once()
    {
        Fail(VectorUse.Discriminants);
        using var watch = new VectorFaultWatch(_faults, _log);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        Fail(VectorUse.SignatureBatches);
        Fail(VectorUse.Pairings);
        Assert.Equal(
            [
                "discriminants are searched for without AVX-512, which failed its self-check (wrong results): slower, and right; "
                    + "check the processor and the memory",
                "batches of signatures are verified without AVX-512, which failed its self-check (wrong results): slower, and right; "
                    + "check the processor and the memory",
                "single signatures are verified without AVX-512, which failed its self-check (wrong results): slower, and right; "
                    + "check the processor and the memory",
            ],
            _log.Told);

        await watch.StopAsync(TestContext.Current.CancellationToken);
        Fail(VectorUse.Discriminants);
        Assert.Equal(3, _log.Told.Count);
    }

    [Fact]
    public async Task Vectors_that_pass_are_not_spoken_of()
    {
        using var watch = new VectorFaultWatch(_faults, _log);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("AVX-512", VectorChoice.Choose(VectorUse.Pairings, isSupported: true, () => true, _faults).Description);
        Assert.Equal("scalar", VectorChoice.Choose(VectorUse.Pairings, isSupported: false, () => false, _faults).Description);
        Assert.Empty(_log.Told);
    }

    [Fact]
    public void Every_use_has_its_words()
    {
        using var watch = new VectorFaultWatch(_faults, _log);
        watch.StartAsync(TestContext.Current.CancellationToken);
        foreach (var use in Enum.GetValues<VectorUse>())
            Fail(use);
        Assert.Equal(Enum.GetValues<VectorUse>().Length, _log.Told.Distinct().Count());
    }

    // As a processor would whose multiplications are wrong.
    private void Fail(VectorUse use) => VectorChoice.Choose(use, isSupported: true, () => false, _faults);

    private sealed class Lines : ILogger<VectorFaultWatch>
    {
        public List<string> Told { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? error, Func<TState, Exception?, string> format)
        {
            Assert.Equal(LogLevel.Warning, level);
            Told.Add(format(state, error));
        }
    }
}
