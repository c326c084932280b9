using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;

namespace Chia.Engine.Tests;

/// <summary>When activations begin and end.</summary>
public sealed class ActivationTests(EngineFixture engine) : EngineTest(engine)
{
    private ILifeGrain Grain => Client.GetGrain<ILifeGrain>(Name);

    [Fact]
    public async Task The_first_call_activates_and_waits_for_it()
    {
        var first = Grain.Activation();
        var second = Grain.Activation();
        await Journal.SeenAsync("activating");
        Assert.False(first.IsCompleted);
        Journal.Open("activate");
        Assert.Equal(await first, await second);
        Assert.Equal(["activating", "activated"], Journal.Entries);
    }

    [Fact]
    public async Task A_failed_activation_tells_the_callers_and_the_next_call_tries_again()
    {
        var name = $"fails-once-{Name}";
        var journal = Journal.Of(name);
        journal.Open("activate");
        var grain = Client.GetGrain<ILifeGrain>(name);
        var error = await Assert.ThrowsAsync<GrainFaultException>(grain.Activation);
        Assert.Equal("first time", error.Message);
        await grain.Activation();
        Assert.Equal(["activating", "activating", "activated"], journal.Entries);
    }

    [Fact]
    public async Task An_activation_that_hangs_is_given_up_and_the_next_call_tries_again()
    {
        var call = Grain.Activation();
        await Journal.SeenAsync("activating");
        var error = await Record.ExceptionAsync(() => PassUntilEndedAsync(call));
        Assert.True(error is TimeoutException or OperationCanceledException, $"{error}");
        await Engine.PassAsync(EngineFixture.CallTimeout); // the engine's patience ends a moment after the caller's
        Journal.Open("activate"); // too late for the first activation
        var served = false;
        for (var attempt = 0; attempt < 100 && !served; attempt++)
            served = await Record.ExceptionAsync(Grain.Activation) is null;
        Assert.True(served);
        Assert.Equal(2, Journal.Entries.Count(e => e == "activating"));
    }

    [Fact]
    public async Task A_constructor_that_throws_is_a_failed_activation()
    {
        var grain = Client.GetGrain<IBrokenGrain>(Name);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(grain.Call);
        Assert.IsType<GrainFaultException>(error.InnerException);
    }

    [Fact]
    public async Task DeactivateOnIdle_ends_the_activation_after_the_call()
    {
        Journal.Open("activate");
        var before = await Grain.DeactivateAfterThis();
        var after = await Grain.Activation();
        Assert.NotEqual(before, after);
        Assert.Equal(["activating", "activated", "still running", "deactivated ApplicationRequested", "activating", "activated"], Journal.Entries);
    }

    [Fact]
    public async Task Calls_that_wait_while_the_activation_ends_get_the_next_one()
    {
        Journal.Open("activate");
        var first = await Grain.Activation();
        var ending = Grain.DeactivateAtGate();
        await Journal.SeenAsync("at gate");
        var waiting = Enumerable.Range(0, 100).Select(i => Grain.Note($"note {i}")).ToList();
        Journal.Open("end");
        await ending;
        var noted = await Task.WhenAll(waiting);
        Assert.Single(noted.Distinct());
        Assert.NotEqual(first, noted[0]);
        Assert.Equal(100, Journal.Entries.Where(e => e.StartsWith("note", StringComparison.Ordinal)).Distinct().Count());
    }

    [Fact]
    public async Task An_idle_activation_ends_and_the_next_call_makes_another()
    {
        Journal.Open("activate");
        var before = await Grain.Activation();
        await PassUntilSeenAsync("deactivated ActivationIdle");
        Assert.NotEqual(before, await Grain.Activation());
    }

    [Fact]
    public async Task An_activation_with_a_running_call_is_not_idle()
    {
        Journal.Open("activate");
        await Grain.Activation();
        await Grain.Hold(); // one way: held until the gate opens, without a caller that could time out
        await Journal.SeenAsync("holding");
        await Engine.PassAsync(EngineFixture.CollectionAge * 3);
        Assert.DoesNotContain("deactivated ActivationIdle", Journal.Entries);
        Journal.Open("hold");
        await PassUntilSeenAsync("deactivated ActivationIdle");
        Assert.Equal(["holding", "held", "deactivated ActivationIdle"], Journal.Entries.Skip(2));
    }

    [Fact]
    public async Task DelayDeactivation_keeps_an_idle_activation()
    {
        Journal.Open("activate");
        await Grain.Delay(EngineFixture.CollectionAge * 6);
        await Engine.PassAsync(EngineFixture.CollectionAge * 4);
        await Grain.Activation();
        Assert.DoesNotContain("deactivated ActivationIdle", Journal.Entries);
        await Grain.Delay(TimeSpan.Zero);
        await PassUntilSeenAsync("deactivated ActivationIdle");
    }

    [Fact]
    public async Task A_deactivation_that_throws_ends_the_activation_all_the_same()
    {
        var name = $"fails-at-end-{Name}";
        Journal.Of(name).Open("activate");
        var grain = Client.GetGrain<ILifeGrain>(name);
        var before = await grain.DeactivateAfterThis();
        Assert.NotEqual(before, await grain.Activation());
    }
}
