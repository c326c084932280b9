using Chia.Grains.Harvester;
using Chia.Grains.Tests.Farmer;
using Chia.Grains.Tests.Support;
using Chia.Testing;

namespace Chia.Grains.Tests.Harvester;

/// <summary>Qualities are remembered for a while, and not without bound.</summary>
public sealed class QualityMemoryTests : IDisposable
{
    private readonly ManualTime _clock = new();
    private readonly HarvesterOptions _options = new() { MaxQualities = 3 };
    private readonly OpenPlot _plot = new(TestPlot.Entry, new FilePlotOpener(), (_, _) => { });
    private readonly QualityMemory _memory;

    public QualityMemoryTests() => _memory = new QualityMemory(_options, _clock);

    public void Dispose() => _plot.Dispose();

    [Fact]
    public void Several_qualities_of_one_plot_keep_their_places()
    {
        Remember("a", 0);
        Remember("b", 1);
        Assert.Equal(0, _memory.Find(FarmerScene.Hash("a"))!.Index);
        Assert.Equal(1, _memory.Find(FarmerScene.Hash("b"))!.Index);
        Assert.Null(_memory.Find(FarmerScene.Hash("c")));
    }

    [Fact]
    public void They_go_with_age_unless_found_again()
    {
        Remember("a", 0);
        Remember("b", 0);
        _clock.Advance(_options.QualityAge);
        Remember("b", 0);
        Assert.NotNull(_memory.Find(FarmerScene.Hash("a")));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_memory.Find(FarmerScene.Hash("a")));
        Assert.NotNull(_memory.Find(FarmerScene.Hash("b")));
        _clock.Advance(_options.QualityAge);
        Assert.Null(_memory.Find(FarmerScene.Hash("b")));
        Assert.Equal(0, _memory.Count);
    }

    [Fact]
    public void The_oldest_makes_room()
    {
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            Remember(name, 0);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(_memory.Find(FarmerScene.Hash("a")));
        Assert.NotNull(_memory.Find(FarmerScene.Hash("d")));
        Assert.Equal(3, _memory.Count);
    }

    private void Remember(string name, int index) =>
        _memory.Remember(FarmerScene.Hash(name), new FoundQuality(FarmerScene.Hash("challenge"), _plot, index));
}
