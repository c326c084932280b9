using Chia.Cryptography.Bls12381;
using Chia.Grains.Harvester;
using Chia.Grains.Tests.Farmer;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Grains.Tests.Harvester;

/// <summary>A drive that never answers costs its own plots only, and is named.</summary>
public sealed class PlotReaderTests : IDisposable
{
    private static readonly Bytes32 Challenge = FarmerScene.Hash("challenge");
    private static readonly Bytes48 Pool = PrivateKey.FromSeed("pool"u8).PublicKey;

    private readonly ManualTime _time = new();
    private readonly FakePlots _plots = new();
    private readonly List<string> _silent = [];
    private readonly HarvesterThreads _threads = new(1);
    private readonly ManualResetEventSlim _gate = new(false);
    private readonly PlotReader _reader;

    public PlotReaderTests() => _reader = new PlotReader(_threads, _time, (plot, _) => _silent.Add(plot.Entry.Name));

    public void Dispose()
    {
        _gate.Set();
        _threads.Dispose();
        _gate.Dispose();
    }

    [Fact]
    public async Task Other_drives_answer_while_one_does_not()
    {
        var dead = Plot("dead", "/mnt/dead");
        var well = Plot("well", "/mnt/well");
        _plots.Blocked[dead.Entry.Path] = _gate;
        var looking = _reader.EnsureOpen(dead);
        await _reader.EnsureOpen(well);
        Assert.Single(await _reader.GetQualities(well, Challenge));

        _time.Advance(PlotReader.OpenDeadline);
        await looking;
        Assert.Equal(["dead"], _silent);
        Assert.Contains("/mnt/dead", _reader.Fault(dead));
        Assert.Null(_reader.Fault(well));
    }

    [Fact]
    public async Task A_silent_plot_is_asked_nothing_more_until_it_answers()
    {
        var plot = Plot("a", "/mnt/a");
        _plots.Blocked[plot.Entry.Path] = _gate;
        var looking = _reader.EnsureOpen(plot);
        _time.Advance(PlotReader.OpenDeadline);
        await looking;
        for (var i = 0; i < 100; i++)
            Assert.Empty(await _reader.GetQualities(plot, Challenge));
        Assert.Equal(["a"], _silent);

        _gate.Set();
        // Behind what was blocked on the folder's only thread.
        await _threads.ForFolderOf(plot.Entry.Path).Run(() => true);
        Assert.Null(_reader.Fault(plot));
        Assert.Single(await _reader.GetQualities(plot, Challenge));
        Assert.NotNull(await _reader.GetProof(plot, Challenge, 0));
    }

    [Fact]
    public async Task Closing_waits_for_no_disk_and_what_is_opened_late_is_closed()
    {
        var plot = Plot("a", "/mnt/a");
        _plots.Blocked[plot.Entry.Path] = _gate;
        var looking = _reader.EnsureOpen(plot);
        await _plots.WaitingAtGate.WaitAsync(TestContext.Current.CancellationToken);
        plot.Dispose();
        _gate.Set();
        await looking;
        Assert.Equal(0, _plots.OpenNow);
        Assert.Equal(1, _plots.Opened[plot.Entry.Path]);
    }

    [Fact]
    public void Pipes_and_empty_files_are_no_plots()
    {
        using var folder = new TempFolder();
        var empty = folder.File("empty.dat");
        File.WriteAllBytes(empty, []);
        Assert.Contains("empty", Assert.Throws<IOException>(() => FilePlot.Open(empty)).Message);
        Assert.Throws<FileNotFoundException>(() => FilePlot.Open(folder.File("nothing.dat")));
        if (OperatingSystem.IsWindows())
            return;
        var pipe = folder.File("pipe.dat");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            made.WaitForExit();
        Assert.Contains("pipe", Assert.Throws<IOException>(() => FilePlot.Open(pipe)).Message);
    }

    private OpenPlot Plot(string name, string folder)
    {
        var entry = new PlotEntry(name, Path.Combine(folder, name), Pool, PrivateKey.FromSeed(System.Text.Encoding.UTF8.GetBytes(name)));
        _plots.Ids[entry.Path] = entry.PlotId();
        return new OpenPlot(entry, _plots, (_, _) => { });
    }
}
