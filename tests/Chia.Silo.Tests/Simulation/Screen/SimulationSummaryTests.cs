using System.Security.Cryptography;
using System.Text;
using Chia.Protocol.Primitives;
using Chia.Silo.Simulation.Screen;
using Chia.Testing;

namespace Chia.Silo.Tests.Simulation.Screen;

/// <summary>What a simulation came to: what was there before counts for nothing, what came counts from its first block on.</summary>
public sealed class SimulationSummaryTests
{
    private readonly ManualTime _time = new();
    private readonly SimulationSummary _summary;

    public SimulationSummaryTests() => _summary = new SimulationSummary(_time);

    [Fact]
    public void At_the_end_it_is_told_who_won_and_what_was_orphaned()
    {
        Assert.Empty(_summary.Lines());
        _summary.Begin(Network(Block(0, "nobody")));
        _summary.Add(Network(Block(1, "plot-1"), Block(0, "nobody")));
        _summary.Add(Network(Block(2, "plot-0"), Block(1, "plot-0"), Block(0, "nobody")));
        _time.Advance(TimeSpan.FromSeconds(65));
        Assert.Equal(["2 blocks in 00:01:05, height 2, 1 orphan seen", "  plot-0 won 2"], _summary.Lines());
    }

    [Fact]
    public void The_first_block_counts_even_if_no_look_was_taken_before_it()
    {
        _summary.Begin(Network(Block(0, "genesis")));
        _summary.Add(Network(Block(1, "plot-3"), Block(0, "genesis")));
        Assert.Equal(1, _summary.Winners);
        Assert.Equal(["1 block in 00:00:00, height 1, 0 orphans seen", "  plot-3 won 1"], _summary.Lines());
    }

    [Fact]
    public void What_was_there_before_does_not_count()
    {
        _summary.Begin(Network(Block(5, "plot-1"), Block(4, "plot-2")));
        _summary.Add(Network(Block(5, "plot-1"), Block(4, "plot-2")));
        Assert.Equal(0, _summary.Winners);
        _summary.Add(Network(Block(7, "plot-1"), Block(6, "plot-3"), Block(5, "plot-1")));
        Assert.Equal(2, _summary.Winners);
    }

    [Fact]
    public void If_nobody_answered_before_the_first_look_is_the_beginning()
    {
        _summary.Begin(Network());
        _summary.Add(Network(Block(5, "plot-1")));
        Assert.Equal(0, _summary.Winners);
        _summary.Add(Network(Block(6, "plot-1"), Block(5, "plot-1")));
        Assert.Equal(1, _summary.Winners);
    }

    private static NewBlock Block(uint height, string winner) =>
        new(
        height, new Bytes32(SHA256.HashData(Encoding.UTF8.GetBytes($"{height} {winner}"))), 1, 1, DateTimeOffset.UnixEpoch, winner);

    private static SimulationSnapshot Network(params NewBlock[] newest) => new([], null, null, null, newest);
}
