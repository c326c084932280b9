using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;

namespace Chia.Engine.Tests;

/// <summary>Which calls may begin while another awaits.</summary>
public sealed class ReentrancyTests(EngineFixture engine) : EngineTest(engine)
{
    private ITurnGrain Grain => Client.GetGrain<ITurnGrain>(Name);

    private ITurnGrain ReentrantGrain => Client.GetGrain<ITurnGrain>(Name, typeof(ReentrantTurnGrain).FullName);

    [Fact]
    public async Task A_second_call_waits_for_the_first_even_while_that_awaits()
    {
        var first = Grain.Work("a");
        await Journal.SeenAsync("begin a");
        var second = Grain.Work("b");
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

    [Fact]
    public async Task A_method_that_always_interleaves_passes_the_call_that_awaits_and_those_that_wait()
    {
        var first = Grain.Work("a");
        await Journal.SeenAsync("begin a");
        var second = Grain.Work("b");
        Journal.Open("c");
        await Grain.Interleave("c");
        Assert.Equal(["begin a", "begin c", "end c"], Journal.Entries);
        Journal.Open("a");
        Journal.Open("b");
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task An_ordinary_call_begins_while_only_interleaving_calls_run()
    {
        var interleaving = Grain.Interleave("a");
        await Journal.SeenAsync("begin a");
        Journal.Open("b");
        await Grain.Work("b");
        Assert.False(interleaving.IsCompleted);
        Journal.Open("a");
        await interleaving;
    }

    [Fact]
    public async Task Read_only_calls_overlap_each_other_but_no_writer()
    {
        var firstReader = Grain.Read("r1");
        await Journal.SeenAsync("begin r1");
        var writer = Grain.Work("w");
        Journal.Open("r2");
        await Grain.Read("r2");
        Assert.Equal(["begin r1", "begin r2", "end r2"], Journal.Entries);
        Journal.Open("r1");
        await firstReader;
        await Journal.SeenAsync("begin w");
        var lastReader = Grain.Read("r3");
        Journal.Open("r3");
        await Grain.Arrived();
        Assert.DoesNotContain("begin r3", Journal.Entries);
        Journal.Open("w");
        await Task.WhenAll(writer, lastReader);
        Assert.Equal(["begin w", "end w", "begin r3", "end r3"], Journal.Entries.TakeLast(4));
    }

    [Fact]
    public async Task Readers_that_wait_behind_a_writer_begin_together()
    {
        var writer = Grain.Work("w");
        await Journal.SeenAsync("begin w");
        var readers = Task.WhenAll(Grain.Read("r1"), Grain.Read("r2"));
        await Grain.Arrived();
        Journal.Open("w");
        await Journal.SeenAsync("begin r1");
        await Journal.SeenAsync("begin r2");
        Journal.Open("r1");
        Journal.Open("r2");
        await Task.WhenAll(writer, readers);
    }
}
