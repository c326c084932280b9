using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;

namespace Chia.Engine.Tests;

/// <summary>A grain's code runs one turn at a time, comes back to the grain after an await, and starves nobody.</summary>
public sealed class TurnTests(EngineFixture engine) : EngineTest(engine)
{
    [Fact]
    public async Task Turns_of_overlapping_calls_never_run_at_one_time()
    {
        var grain = Client.GetGrain<ITurnGrain>(Name, typeof(ReentrantTurnGrain).FullName);
        var calls = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => grain.CountOverlap(200)));
        Assert.Equal(1, calls.Max());
    }

    [Fact]
    public async Task What_follows_an_await_is_a_turn_of_the_grain_again()
    {
        var grain = Client.GetGrain<ISchedulerGrain>(Name);
        var seen = grain.Look();
        Journal.Open("go");
        var look = await seen;
        Assert.True(look.AtFirstOnGrain);
        Assert.True(look.AfterAwaitOnGrain);
        Assert.True(look.AfterTaskRunOnGrain);
    }

    [Fact]
    public async Task Task_Run_and_ConfigureAwait_false_leave_the_grain()
    {
        var grain = Client.GetGrain<ISchedulerGrain>(Name);
        var seen = grain.Look();
        await Journal.SeenAsync("waiting");
        Journal.Open("go");
        var look = await seen;
        Assert.False(look.InsideTaskRunOnGrain);
        Assert.False(look.AfterConfigureAwaitFalseOnGrain);
    }
}
