using Chia.Silo.Node;
using Chia.Testing;
using Microsoft.Extensions.Logging;

namespace Chia.Silo.Tests.Node;

/// <summary>What strangers do must not fill a disk with lines, nor push out what matters.</summary>
public sealed class LineBudgetTests
{
    private readonly ManualTime _time = new();

    /// <summary>Blames and bans were told one by one: a process that came with many addresses wrote 200 lines a second.</summary>
    [Fact]
    public void A_storm_of_lines_of_one_kind_is_cut_short_and_counted()
    {
        var memory = new LogMemory(_time);
        var log = memory.CreateLogger("Chia.Grains.Peers.PeerGrain");
        for (var i = 0; i < 3 * LineBudget.Burst; i++)
            Blame(log);
        Assert.Equal(LineBudget.Burst, memory.Newest(LogMemory.Capacity).Count);
        log.Log(LogLevel.Warning, new EventId(1004), "another kind", null, (text, _) => text);
        Assert.EndsWith("another kind", memory.Newest(1)[0], StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 100; i++)
            Blame(log);
        var newest = memory.Newest((int)LineBudget.PerSecond);
        Assert.EndsWith($"blamed ({2 * LineBudget.Burst} more of this kind were left out)", newest[0], StringComparison.Ordinal);
        Assert.All(newest.Skip(1), line => Assert.EndsWith("blamed", line, StringComparison.Ordinal));
    }

    [Fact]
    public void What_somebody_asked_for_to_find_a_fault_is_written_in_full()
    {
        var budget = new LineBudget(_time);
        Assert.All(Enumerable.Range(0, 5000), _ => Assert.True(budget.TryTake("Chia.Test", new EventId(1), LogLevel.Debug, out long _)));
    }

    private static void Blame(ILogger log) => log.Log(LogLevel.Information, new EventId(1003), "blamed", null, (text, _) => text);
}
