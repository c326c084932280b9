using System.Security.Cryptography;
using Chia.Cryptography.Plots;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Cryptography.Tests.Plots;

public sealed class PlotterTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Target => _folder.File("made.plot");

    public void Dispose() => _folder.Dispose();

    /// <summary>The file that the reference's plotter made, whatever the threads, and with everything in memory, a part, or
    /// nothing.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(5, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(2, 9_500_000)]
    public void The_references_file_byte_for_byte(int threads, long memory)
    {
        using var vector = Vectors.Json("plot-k16.json");
        var summary = Plotter.Create(
            new PlotParameters(vector.RootElement.Bytes32("plot_id"), 16, default, threads, memory), Target, null,
            TestContext.Current.CancellationToken);
        var bytes = File.ReadAllBytes(Target);
        Assert.Equal(vector.RootElement.Text("sha256"), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(File.ReadAllBytes(Vectors.PathOf("plot-k16.plot")), bytes);
        Assert.Equal(bytes.Length, summary.FileBytes);
        Assert.InRange(bytes.Length, 1, new PlotParameters(default, 16).ExpectedFileBytes);
        Assert.Equal(Enumerable.Range(1, 7).Select(t => (long)vector.RootElement.GetProperty("entries").Int($"P{t}")), summary.Entries);
        Assert.Equal(memory > 0, summary.SpilledBytes > 0);
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Agrees_with_the_slow_twin()
    {
        var id = PlotFunctionsTests.RandomId(new Random(1));
        Plotter.Create(new PlotParameters(id, 15), Target, null, TestContext.Current.CancellationToken);
        var expected = new ReferencePlotter(id, 15);
        using var prover = PlotProver.Open(Target);
        for (var table = 1; table <= 6; table++)
            Assert.Equal(expected.LinePoints[table - 1], PlotReading.LinePoints(prover, table));
        Assert.Equal(expected.Last, PlotReading.Last(prover));
    }

    [Theory, InlineData(15, 400), InlineData(17, 400)]
    public void Own_plots_answer_as_often_as_they_should(int k, int challenges)
    {
        var id = PlotFunctionsTests.RandomId(new Random(k));
        var summary =
            Plotter.Create(new PlotParameters(id, k, new byte[] { 1, 2, 3 }), Target, null, TestContext.Current.CancellationToken);
        using var prover = PlotProver.Open(Target);
        Assert.Equal((id, k), (prover.PlotId, prover.K));
        Assert.Equal([1, 2, 3], prover.Memo.ToArray());
        Assert.Equal(summary.FileBytes, prover.Length);
        var result = PlotCheck.Run(prover, challenges, seed: 1, TestContext.Current.CancellationToken);
        Assert.Null(result.FirstFailure);
        Assert.True(result.IsHealthy, result.ToString());
        Assert.True(result.Proofs > 20);
        Assert.Equal(summary.Entries[6] * (double)challenges / (1 << k), result.ExpectedProofs);
        Assert.NotEqual(result.Proofs, PlotCheck.Run(prover, challenges / 2, seed: 2, TestContext.Current.CancellationToken).Proofs);
    }

    [Fact]
    public void A_check_notices_damage()
    {
        var bytes = File.ReadAllBytes(Vectors.PathOf("plot-k16.plot"));
        bytes.AsSpan(146, 114482 - 146).Reverse(); // P1
        File.WriteAllBytes(Target, bytes);
        using var prover = PlotProver.Open(Target);
        var result = PlotCheck.Run(prover, 100, cancellation: TestContext.Current.CancellationToken);
        Assert.False(result.IsHealthy);
        Assert.True(result.Failures > 10 && result.Proofs == 0);
        Assert.Contains(Target, result.FirstFailure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PlotPhase.Forward, 1, 1)]
    [InlineData(PlotPhase.Forward, 4, 0)]
    [InlineData(PlotPhase.Backward, 5, 0)]
    [InlineData(PlotPhase.Compress, 3, 1)]
    [InlineData(PlotPhase.Checkpoints, 7, 1)]
    public void Cancelling_leaves_nothing_behind(PlotPhase phase, int table, long memory)
    {
        using var cancellation = new CancellationTokenSource();
        var stop = new Watcher(p =>
        {
            if (p.Phase == phase && p.Table == table)
                cancellation.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() =>
            Plotter.Create(new PlotParameters(default, 15, default, 2, memory), Target, stop, cancellation.Token));
        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.True(stop.Seen[^1].Phase == phase || stop.Seen[^1].Phase == phase + 1);
    }

    [Fact]
    public void Progress_goes_through_all_phases_in_order()
    {
        var watcher = new Watcher(_ => { });
        Plotter.Create(new PlotParameters(default, 15), Target, watcher, TestContext.Current.CancellationToken);
        Assert.Equal(Enum.GetValues<PlotPhase>(), watcher.Seen.Select(p => p.Phase).Distinct());
        Assert.Equal(Enumerable.Range(1, 7), watcher.Seen.Where(p => p.Phase == PlotPhase.Forward).Select(p => p.Table).Distinct());
        Assert.Equal(Enumerable.Range(1, 6), watcher.Seen.Where(p => p.Phase == PlotPhase.Compress).Select(p => p.Table).Distinct());
        foreach (var (before, after) in watcher.Seen.Zip(watcher.Seen.Skip(1)))
            Assert.True(after.Done > before.Done || (after.Phase, after.Table) != (before.Phase, before.Table));
        Assert.All(watcher.Seen, p => Assert.InRange(p.Done, 0, p.Total - 1));
    }

    [Fact]
    public void An_existing_plot_is_not_touched()
    {
        File.WriteAllText(Target, "precious");
        var error = Assert.Throws<IOException>(() =>
            Plotter.Create(new PlotParameters(default, 15), Target, null, TestContext.Current.CancellationToken));
        Assert.Contains(Target, error.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void What_an_interrupted_run_left_is_replaced()
    {
        File.WriteAllBytes(Target + Plotter.TemporarySuffix, new byte[2_000_000]);
        File.WriteAllBytes(Target + ".spill.tmp", new byte[2_000_000]);
        Plotter.Create(new PlotParameters(default, 15, MemoryLimitBytes: 1), Target, null, TestContext.Current.CancellationToken);
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
        using var prover = PlotProver.Open(Target);
        Assert.True(PlotCheck.Run(prover, 50, cancellation: TestContext.Current.CancellationToken).IsHealthy);
    }

    [Fact]
    public void Another_plotter_at_the_same_file_is_left_alone()
    {
        using (var other = File.Open(Target + Plotter.TemporarySuffix, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
        {
            other.Write("half a plot"u8);
            other.Flush();
            Assert.ThrowsAny<IOException>(() =>
                Plotter.Create(new PlotParameters(default, 15), Target, null, TestContext.Current.CancellationToken));
            Assert.Equal(11, other.Length);
        }

        Assert.Equal("half a plot", File.ReadAllText(Target + Plotter.TemporarySuffix));
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void Too_little_disk_space_is_noticed_beforehand()
    {
        var parameters = new PlotParameters(default, 32, MemoryLimitBytes: 1L << 30);
        Assert.InRange(parameters.ExpectedFileBytes, 100L << 30, 110L << 30);
        Assert.InRange(
            parameters.ExpectedDiskBytes, parameters.ExpectedFileBytes + (200L << 30), parameters.ExpectedFileBytes + (300L << 30));
        var error =
            Assert.Throws<IOException>(
            () => PlotSpace.ThrowIfShort(Target, parameters.ExpectedDiskBytes, parameters.ExpectedDiskBytes - 1));
        Assert.Contains(Target, error.Message, StringComparison.Ordinal);
        PlotSpace.ThrowIfShort(Target, 5, 5);
        PlotSpace.ThrowIfShort(Target, 5, null);
        Assert.True(PlotSpace.Available(Target) > 0);
        Assert.Null(PlotSpace.Available(Path.Combine(_folder.Path, "none", "x.plot")));
    }

    /// <summary>How many entries each table has before any is dropped.</summary>
    [Fact]
    public void Forward_tables_have_the_references_sizes()
    {
        using var vector = Vectors.Json("plot-k16.json");
        var shape = new PlotShape(16);
        using var store = new ChunkStore(Target, long.MaxValue);
        var job = new PlotJob(
            new PlotFunctions(vector.RootElement.Bytes32("plot_id"), 16), shape, store, new ParallelOptions { MaxDegreeOfParallelism = 2 },
            null);
        var tables = new PlotTables(shape, store);
        new ForwardPass(job, tables).Run();
        var expected = vector.RootElement.GetProperty("forward_matches");
        for (var table = 1; table <= 6; table++)
            Assert.Equal(expected.Int($"T{table}"), tables.Bases[table][^1]);
        Assert.Equal(expected.Int("T7"), tables.Last.Sum(list => list.Count));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error() => Assert.ThrowsAny<IOException>(() =>
        Plotter.Create(
            new PlotParameters(default, 15), Path.Combine(_folder.Path, "none", "x.plot"), null, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData(14, 0, 0)]
    [InlineData(33, 0, 0)]
    [InlineData(-1, 0, 0)]
    [InlineData(16, -1, 0)]
    [InlineData(16, 0, -1)]
    public void Parameters_out_of_range(int k, int threads, long memory)
    {
        Assert.Throws<ArgumentException>(() =>
            Plotter.Create(new PlotParameters(default, k, default, threads, memory), Target, null, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_memo_may_have_65535_bytes()
    {
        var memo = RandomNumberGenerator.GetBytes(PlotParameters.MaxMemoLength);
        Plotter.Create(new PlotParameters(default, 15, memo), Target, null, TestContext.Current.CancellationToken);
        using (var prover = PlotProver.Open(Target))
            Assert.Equal(memo, prover.Memo.ToArray());
        Assert.Throws<ArgumentException>(() =>
            Plotter.Create(
                new PlotParameters(default, 15, new byte[memo.Length + 1]), Target + "2", null, TestContext.Current.CancellationToken));
    }

    private sealed class Watcher(Action<PlotProgress> action) : IProgress<PlotProgress>
    {
        public List<PlotProgress> Seen { get; } = [];

        public void Report(PlotProgress value)
        {
            Seen.Add(value);
            action(value);
        }
    }
}
