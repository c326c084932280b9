using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;

namespace Chia.Engine.Tests;

/// <summary>Which calls may begin while another awaits.</summary>
public sealed class ReentrancyTests(EngineFixture engine) : EngineTest(engine)
{
    private ITurnGrain Grain => Client.GetGrain<ITurnGrain>(Name, typeof(TurnGrain).FullName);

    private ITurnGrain ReentrantGrain => Client.GetGrain<ITurnGrain>(Name, typeof(ReentrantTurnGrain).FullName);

    [Fact]
    public async Task A_second_call_waits_for_the_first_even_while_that_awaits()
    {
        var first = Grain.Work("a");
        await Journal.SeenAsync("begin a");
        var second = Grain.Work("b");
        await Grain.Arrived();
        Journal.Open("b"); // would let the second end, had it begun
        await Grain.Arrived();
        Assert.Equal(["begin a"], Journal.Entries);
        Journal.Open("a");
        await Task.WhenAll(first, second);
        Assert.Equal(["begin a", "end a", "begin b", "end b"], Journal.Entries);
    }

    [Fact]
    public async Task Calls_of_a_reentrant_grain_overlap()
    {
        var first = ReentrantGrain.Work("a");
        await Journal.SeenAsync("begin a");
        Journal.Open("b");
        await ReentrantGrain.Work("b");
        Assert.False(first.IsCompleted);
        Journal.Open("a");
        await first;
        Assert.Equal(["begin a", "begin b", "end b", "end a"], Journal.Entries);
    }
}
