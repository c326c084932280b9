using Chia.Cryptography.Bls12381;
using Chia.Grains.Harvester;
using Chia.Grains.Tests.Farmer;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Harvester;

/// <summary>Which plots are open, and what becomes of those that fail (ROLES.md 4).</summary>
public sealed class PlotManagerTests : IDisposable
{
    private static readonly Bytes32 Challenge = FarmerScene.Hash("challenge");
    private static readonly Bytes48 Pool = PrivateKey.FromSeed("pool"u8).PublicKey;
    private static readonly Bytes48 OtherPool = PrivateKey.FromSeed("other pool"u8).PublicKey;

    private readonly FakePlots _plots = new();
    private readonly List<string> _complaints = [];
    private readonly PlotManager _manager;

    public PlotManagerTests() => _manager = new PlotManager(_plots, (plot, why) => _complaints.Add($"{plot.Entry.Name}: {why}"));

    public void Dispose() => _manager.Dispose();

    [Fact]
    public void Plots_of_the_farmer_s_pools_are_opened_and_others_named()
    {
        var foreign = Refresh([Entry("a", Pool), Entry("b", OtherPool), Entry("c", Pool)], [Pool]).Foreign;
        Assert.Equal(["b"], foreign.Select(e => e.Name));
        Assert.Equal(["a", "c"], _manager.Plots.Select(p => p.Entry.Name));
        Assert.Empty(_complaints);
    }

    [Fact]
    public void A_second_farmer_adds_its_pools_and_nothing_is_opened_twice()
    {
        PlotEntry[] entries = [Entry("a", Pool), Entry("b", OtherPool)];
        Refresh(entries, [Pool]);
        Assert.Empty(Refresh(entries, [OtherPool]).Foreign);
        Refresh(entries, [Pool]);
        Assert.Equal(2, _manager.Plots.Count);
        Assert.All(_plots.Opened.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public void What_the_list_no_longer_names_is_closed()
    {
        Refresh([Entry("a", Pool), Entry("b", Pool)], [Pool]);
        Refresh([Entry("b", Pool)], [Pool]);
        Assert.Equal(["b"], _manager.Plots.Select(p => p.Entry.Name));
        Assert.Equal(1, _plots.OpenNow);
    }

    [Fact]
    public void A_missing_file_is_named_once_and_skipped_until_it_is_there()
    {
        _plots.Missing.Add("a.path");
        Refresh([Entry("a", Pool), Entry("b", Pool)], [Pool]);
        Assert.Equal(["a: there is no a.path"], _complaints);
        Assert.Empty(_manager.Plots[0].GetQualities(Challenge));
        Assert.Single(_manager.Plots[1].GetQualities(Challenge));
        Assert.Single(_complaints);
        _plots.Missing.Clear();
        Assert.Single(_manager.Plots[0].GetQualities(Challenge));
        Assert.Null(_manager.Plots[0].Fault);
    }

    [Fact]
    public void A_read_that_fails_once_succeeds_on_a_file_opened_anew()
    {
        Refresh([Entry("a", Pool)], [Pool]);
        _plots.FailingReads["a.path"] = 1;
        Assert.Single(_manager.Plots[0].GetQualities(Challenge));
        Assert.Equal(2, _plots.Opened["a.path"]);
        Assert.Equal(1, _plots.OpenNow);
        Assert.Empty(_complaints);
    }

    [Fact]
    public void A_read_that_keeps_failing_is_named_and_gives_nothing()
    {
        Refresh([Entry("a", Pool)], [Pool]);
        _plots.FailingReads["a.path"] = 4;
        Assert.Empty(_manager.Plots[0].GetQualities(Challenge));
        Assert.Null(_manager.Plots[0].GetProof(Challenge, 0));
        Assert.Equal(["a: a.path cannot be read"], _complaints);
        Assert.NotNull(_manager.Plots[0].GetProof(Challenge, 0));
        Assert.Null(_manager.Plots[0].GetProof(Challenge, 1));
        Assert.Null(_manager.Plots[0].Fault);
    }

    [Fact]
    public void A_file_with_another_plot_in_it_is_refused()
    {
        var entry = Entry("a", Pool);
        _plots.Ids["a.path"] = Challenge;
        Refresh([entry], [Pool]);
        Assert.Contains("another plot", Assert.Single(_complaints), StringComparison.Ordinal);
        Assert.Equal(0, _plots.OpenNow);
    }

    [Fact]
    public void A_damaged_real_file_is_named_and_its_copy_takes_its_place()
    {
        var damaged = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.plot");
        try
        {
            File.WriteAllBytes(damaged, File.ReadAllBytes(TestPlot.Path)[..5000]);
            using var manager = new PlotManager(new FilePlotOpener(), (plot, why) => _complaints.Add($"{plot.Entry.Name}: {why}"));
            PlotEntry[] entries = [TestPlot.Entry with { Name = "damaged", Path = damaged }, TestPlot.Entry];
            Look(manager, manager.Refresh(entries, [TestPlot.PoolKey.PublicKey]));
            var challenge = TestPlot.Challenges().First();
            Assert.Empty(Assert.Single(manager.Plots).GetQualities(challenge));
            Assert.StartsWith($"damaged: plot file {damaged}", Assert.Single(_complaints), StringComparison.Ordinal);

            // Its copy takes its place at the next look.
            Look(manager, manager.Refresh(entries, []));
            Assert.NotEmpty(Assert.Single(manager.Plots).GetQualities(challenge));
            Assert.Equal([damaged], manager.Duplicates.Select(d => d.Path));
        }
        finally
        {
            File.Delete(damaged);
        }
    }

    [Fact]
    public void Many_threads_share_a_plot_that_keeps_losing_its_disk()
    {
        Refresh([Entry("a", Pool)], [Pool]);
        var plot = _manager.Plots[0];
        var answers = 0;
        Parallel.For(0, 2000, i =>
        {
            if (i % 50 == 0)
            {
                lock (_plots)
                    _plots.FailingReads["a.path"] = 1;
            }

            Interlocked.Add(ref answers, plot.GetQualities(Challenge).Count);
        });
        Assert.InRange(answers, 1900, 2000);
        Assert.Equal(1, _plots.OpenNow);
    }

    [Fact]
    public void A_plot_under_two_paths_counts_once_and_the_second_is_named_once()
    {
        var entry = Entry("a", Pool);
        var again = entry with { Name = "link", Path = "link.path" };
        Assert.Equal(["link"], Refresh([entry, again], [Pool]).Duplicates.Select(e => e.Name));
        Assert.Equal(["a"], _manager.Plots.Select(p => p.Entry.Name));
        Assert.Empty(Refresh([entry, again], [Pool]).Duplicates);
        Assert.Equal(["link"], _manager.Duplicates.Select(e => e.Name));

        _plots.Ids["link.path"] = entry.PlotId();
        Refresh([again], [Pool]);
        Assert.Equal(["link"], _manager.Plots.Select(p => p.Entry.Name));
        Assert.Empty(_manager.Duplicates);
    }

    [Fact]
    public void A_file_that_is_deleted_is_closed_and_named_and_opened_again_when_it_is_back()
    {
        Refresh([Entry("a", Pool)], [Pool]);
        _plots.Missing.Add("a.path");
        Assert.Single(_manager.Plots[0].GetQualities(Challenge));
        Assert.False(_manager.Plots[0].EnsureOpen());
        Assert.Equal((0, "there is no a.path"), (_plots.OpenNow, _manager.Plots[0].Fault));
        _plots.Missing.Clear();
        Assert.True(_manager.Plots[0].EnsureOpen());
        Assert.Equal((1, null), (_plots.OpenNow, _manager.Plots[0].Fault));
    }

    private PlotChanges Refresh(IReadOnlyList<PlotEntry> entries, IEnumerable<Bytes48> pools) =>
        Look(_manager, _manager.Refresh(entries, pools));

    private static PlotChanges Look(PlotManager manager, PlotChanges changes)
    {
        foreach (var plot in changes.Added)
            plot.EnsureOpen();
        return changes;
    }

    private PlotEntry Entry(string name, Bytes48 pool)
    {
        var entry = new PlotEntry(name, name + ".path", pool, PrivateKey.FromSeed(System.Text.Encoding.UTF8.GetBytes(name)));
        _plots.Ids[entry.Path] = entry.PlotId();
        return entry;
    }
}
