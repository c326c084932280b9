using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;

namespace Chia.Engine.Tests;

/// <summary>Grain timers.</summary>
public sealed class TimerTests(EngineFixture engine) : EngineTest(engine)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private ITimerGrain Grain => Client.GetGrain<ITimerGrain>(Name);

    [Fact]
    public async Task A_timer_ticks_again_and_again_on_the_grains_turns()
    {
        await Grain.Start(Second, Second, interleave: false);
        await PassUntilSeenAsync("tick on grain", 3);
        Assert.DoesNotContain("tick elsewhere", Journal.Entries);
    }

    [Fact]
    public async Task A_timer_without_a_period_ticks_once()
    {
        await Grain.Start(Second, Timeout.InfiniteTimeSpan, interleave: false);
        await PassUntilSeenAsync("tick on grain");
        await Engine.PassAsync(Second * 5);
        await Grain.Arrived();
        Assert.Single(Journal.Entries);
    }

    [Fact]
    public async Task A_tick_waits_for_the_call_that_runs()
    {
        await Grain.Start(Second, Timeout.InfiniteTimeSpan, interleave: false);
        var call = Grain.Work();
        await Journal.SeenAsync("begin");
        await Engine.PassAsync(Second * 2);
        await Grain.Arrived();
        Journal.Open("work");
        await call;
        await PassUntilSeenAsync("tick on grain");
        Assert.Equal(["begin", "end", "tick on grain"], Journal.Entries);
    }

    [Fact]
    public async Task A_tick_that_interleaves_does_not()
    {
        await Grain.Start(Second, Timeout.InfiniteTimeSpan, interleave: true);
        var call = Grain.Work();
        await Journal.SeenAsync("begin");
        await PassUntilSeenAsync("tick on grain");
        Assert.False(call.IsCompleted);
        Journal.Open("work");
        await call;
    }

    [Fact]
    public async Task A_call_waits_for_the_tick_that_runs_and_the_next_tick_comes_a_period_after_its_end()
    {
        await Grain.StartHolding(Second, Second);
        await PassUntilSeenAsync("tick begins");
        var call = Grain.Note("called");
        await Engine.PassAsync(Second * 3);
        await Grain.Arrived();
        Assert.Equal(["tick begins"], Journal.Entries);
        Journal.Open("tick");
        await call;
        Assert.Equal(["tick begins", "tick ends", "called"], Journal.Entries);
        await PassUntilSeenAsync("tick ends", 2);
    }

    [Fact]
    public async Task A_tick_that_throws_does_not_stop_the_timer()
    {
        await Grain.StartThrowing(Second, Second);
        await PassUntilSeenAsync("throwing", 3);
    }

    [Fact]
    public async Task A_disposed_timer_does_not_tick_and_its_token_is_cancelled()
    {
        await Grain.StartHolding(Second, Second);
        await PassUntilSeenAsync("tick begins");
        await Grain.Stop();
        await Journal.SeenAsync("tick cancelled");
        await Engine.PassAsync(Second * 5);
        await Grain.Arrived();
        Assert.Single(Journal.Entries, "tick begins");
    }

    [Fact]
    public async Task Change_sets_another_time()
    {
        await Grain.Start(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, interleave: false);
        await Engine.PassAsync(Second * 2);
        await Grain.Arrived();
        Assert.Empty(Journal.Entries);
        await Grain.Change(Second, Timeout.InfiniteTimeSpan);
        await PassUntilSeenAsync("tick on grain");
    }

    [Fact]
    public async Task Ticks_do_not_keep_an_idle_activation_and_end_with_it()
    {
        await Grain.Start(Second, Second, interleave: false);
        await PassUntilSeenAsync("deactivated");
        var ticks = Journal.Entries.Count;
        await Engine.PassAsync(Second * 5);
        Assert.Equal(ticks, Journal.Entries.Count);
        Assert.Equal("deactivated", Journal.Entries[^1]);
    }
}
