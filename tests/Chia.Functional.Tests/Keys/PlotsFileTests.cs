using Chia.Cryptography.Bls12381;
using Chia.Grains.Harvester;
using Chia.Protocol.Primitives;
using Chia.Silo;
using Chia.Silo.Keys;
using Chia.Silo.Plots;
using Chia.Storage.Files;
using Chia.Testing;

namespace Chia.Functional.Tests.Keys;

/// <summary><c>plots.yaml</c>, and the plots it lists (ROLES.md 2.3, 2.4).</summary>
public sealed class PlotsFileTests : IDisposable
{
    private const int K = 15;

    private static readonly HarvesterKeys Keys = new(new byte[32]);
    private static readonly Bytes48 Pool = PrivateKey.FromSeed("pool"u8).PublicKey;

    private readonly TempFolder _root = new();
    private readonly PlotsFile _list;

    public PlotsFileTests() => _list = new PlotsFile(_root.File("plots.yaml"), _root.File("plots"));

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Without_a_file_there_are_no_plots() => Assert.Empty(_list.Load());

    [Fact]
    public void Plots_made_are_listed_and_can_be_farmed()
    {
        var made = Make(_root.File("plots"), 0);
        Assert.Equal((false, true), (made.Existed, made.WasListed));
        var entry = Assert.Single(_list.Load());
        Assert.Equal(HarvesterKeys.FileName(0, K, entry.PlotId()), entry.Name);
        Assert.Equal(made.Path, entry.Path);
        Assert.Equal(Pool, entry.PoolPublicKey);
        Assert.Equal(Keys.PlotKey(K, 0).ToBytes(), entry.PlotKey.ToBytes());
        using var plot = FilePlot.Open(entry.Path);
        Assert.Equal(entry.PlotId(), plot.PlotId);
    }

    [Fact]
    public void A_list_that_has_not_changed_is_not_read_again_nor_are_the_keys_of_one_that_has()
    {
        Make(_root.File("plots"), 0);
        var first = _list.Load();
        Assert.Same(first, _list.Load());

        Make(_root.File("plots"), 1);
        var second = _list.Load();
        Assert.Equal(2, second.Count);
        var before = Assert.Single(first);
        Assert.Same(before.PlotKey, Assert.Single(second, entry => entry.Path == before.Path).PlotKey);

        File.Delete(_root.File("plots.yaml"));
        Assert.Empty(_list.Load());
    }

    [Fact]
    public void Made_again_only_what_is_missing_is_made_and_listed()
    {
        var first = Make(_root.File("plots"), 0);
        var time = File.GetLastWriteTimeUtc(first.Path);
        Make(_root.File("plots"), 1);
        var again = Make(_root.File("plots"), 0);
        Assert.Equal((first.Path, true, false), (again.Path, again.Existed, again.WasListed));
        Assert.Equal(time, File.GetLastWriteTimeUtc(first.Path));
        Assert.Equal(2, _list.Load().Count);

        File.Delete(_root.File("plots.yaml"));
        var unlisted = Make(_root.File("plots"), 0);
        Assert.Equal((true, true), (unlisted.Existed, unlisted.WasListed));
        Assert.Single(_list.Load());
    }

    [Fact]
    public void A_plot_in_another_folder_is_listed_by_its_path()
    {
        var made = Make(_root.File("elsewhere"), 0);
        var entry = Assert.Single(_list.Load());
        Assert.Equal(made.Path, entry.Path);
        Assert.Contains($"{made.Path}:", File.ReadAllText(_root.File("plots.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_is_taken_once_whatever_the_folder()
    {
        var first = Make(_root.File("plots"), 0);
        var again = Make(_root.File("elsewhere"), 0);
        Assert.Equal((first.Path, true, false), (again.Path, again.Existed, again.WasListed));
        Assert.Empty(Directory.EnumerateFiles(_root.File("elsewhere")));

        File.Delete(first.Path);
        Assert.Contains(first.Path, Assert.Throws<PlotTakenException>(() => Make(_root.File("elsewhere"), 0)).Message);
        Assert.Single(_list.Load());
        Assert.False(Make(_root.File("plots"), 0).Existed);
    }

    [Fact]
    public void What_is_no_plot_is_not_taken_for_one()
    {
        var made = Make(_root.File("plots"), 0);
        File.WriteAllBytes(made.Path, []);
        Assert.Contains("empty", Assert.Throws<PlotTakenException>(() => Make(_root.File("plots"), 0)).Message);
    }

    [Fact]
    public void What_a_killed_plotter_left_is_found_and_what_a_living_one_holds_is_not()
    {
        var folder = _root.Sub("plots");
        File.WriteAllText(Path.Combine(folder, "plot-9-15-00.dat.tmp"), "unfinished");
        using var held = File.Create(Path.Combine(folder, "plot-8-15-00.dat.tmp"));
        Assert.Equal([Path.Combine(folder, "plot-9-15-00.dat.tmp")], PlotMaker.Leftovers(folder));
        Assert.Empty(PlotMaker.Leftovers(_root.File("nowhere")));
    }

    [Fact]
    public void A_plot_is_recognised_by_its_keys_and_taken_off_the_list_again()
    {
        var made = Make(_root.File("plots"), 3);
        var entry = PlotFolders.Recognise(made.Path, Keys, [PrivateKey.FromSeed("other"u8).PublicKey, Pool]);
        Assert.Equal(Keys.PlotKey(K, 3).ToBytes(), entry!.PlotKey.ToBytes());
        Assert.Null(PlotFolders.Recognise(made.Path, Keys, [PrivateKey.FromSeed("other"u8).PublicKey]));
        Assert.Null(PlotFolders.Recognise(made.Path, HarvesterKeys.Generate(), [Pool]));
        Assert.False(_list.Add(_root.File("other/name.dat"), Pool, entry.PlotKey));

        Assert.Empty(_list.Remove(e => e.Name == "nothing"));
        Assert.Equal([made.Path], _list.Remove(e => e.PlotId() == entry.PlotId()).Select(e => e.Path));
        Assert.Empty(_list.Load());
        Assert.True(File.Exists(made.Path));
    }

    [Fact]
    public async Task Two_that_change_the_list_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 2).Select(half => Task.Run(() =>
        {
            var list = new PlotsFile(_root.File("plots.yaml"), _root.File("plots"));
            for (var i = 0u; i < 20; i++)
                Assert.True(list.Add(_root.File($"plots/{half}-{i}.dat"), Pool, Keys.PlotKey((byte)(15 + half), i)));
        })));
        Assert.Equal(40, _list.Load().Count);
        Assert.Empty(Directory.EnumerateFiles(_root.Path, "*.tmp"));
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("links need rights there");
        var real = _root.File("real.yaml");
        Write("real.yaml", "");
        File.CreateSymbolicLink(_root.File("plots.yaml"), real);
        _list.Add(_root.File("plots/a.dat"), Pool, Keys.PlotKey(K, 0));
        Assert.Equal(real, new FileInfo(_root.File("plots.yaml")).LinkTarget);
        Assert.Contains("a.dat", File.ReadAllText(real));
    }

    [Fact]
    public void The_folder_of_the_plots_is_what_the_configuration_says_for_everybody()
    {
        Assert.Equal(_root.File("plots"), PlotsFile.Of(_root.Path).PlotRoot);
        Write("config.yaml", $"harvester:\n  plot_root: {_root.File("other")}\n");
        Assert.Equal(_root.File("other"), PlotsFile.Of(_root.Path).PlotRoot);
        Write("config.yaml", "harvester:\n  plot_root: beside\n");
        Assert.Equal(_root.File("beside"), PlotsFile.Of(_root.Path).PlotRoot);
    }

    [Fact]
    public void Stopping_leaves_nothing_unfinished()
    {
        using var stopped = new CancellationTokenSource();
        var folder = _root.File("plots");
        var maker = new PlotMaker(Keys, Pool, _list, folder);
        var progress = new Chia.Silo.Views.SyncProgress<Chia.Cryptography.Plots.PlotProgress>(p =>
        {
            if (p.Phase == Chia.Cryptography.Plots.PlotPhase.Compress)
                stopped.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => maker.Make(K, 0, 1, progress, stopped.Token));
        Assert.Empty(Directory.EnumerateFiles(folder));
        Assert.Empty(_list.Load());
    }

    [Fact]
    public void The_list_is_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("no Unix modes");
            return;
        }

        Make(_root.File("plots"), 0);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_root.File("plots.yaml")));
        File.SetUnixFileMode(_root.File("plots.yaml"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Throws<UserException>(() => _list.Load());
        Assert.Throws<IOException>(() => ((IPlotSource)_list).Read());
    }

    /// <summary>As a pod gets its secrets: they belong to root, and its group may read them.</summary>
    [Fact]
    public void One_that_is_mounted_for_a_group_is_read()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Assert.Skip("only root gives files to others");
            return;
        }

        Make(_root.File("plots"), 0);
        File.SetUnixFileMode(_root.File("plots.yaml"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        using (var file = File.OpenHandle(_root.File("plots.yaml")))
            Assert.True(new FileOwner(1654, 0).TryGive(file));
        _list.Load();
    }

    [Theory]
    [InlineData("plots: []", "line 1")]
    [InlineData("plots:\n  a.dat: x", "line 2")]
    [InlineData("plots:\n  a.dat:\n    sk: 00", "line 2")]
    [InlineData("plots:\n  a.dat:\n    pool_pk: 00\n    sk: 00", "line 3")]
    public void A_fault_is_named_with_its_line(string text, string line)
    {
        Write("plots.yaml", text + "\n");
        Assert.Contains(line, Assert.Throws<UserException>(() => _list.Load()).Message, StringComparison.Ordinal);
    }

    private MadePlot Make(string folder, uint index) =>
        new PlotMaker(Keys, Pool, _list, folder).Make(K, index, 1, null, TestContext.Current.CancellationToken);

    private void Write(string name, string text)
    {
        File.WriteAllText(_root.File(name), text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_root.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
