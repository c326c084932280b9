using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;

namespace Chia.Engine.Tests;

/// <summary>How calls end: results, exceptions, timeouts, cancellation, no answer at all.</summary>
public sealed class CallTests(EngineFixture engine) : EngineTest(engine)
{
    private ITurnGrain Turn => Client.GetGrain<ITurnGrain>(Name);

    private IFaultGrain Fault => Client.GetGrain<IFaultGrain>(Name);

    [Fact]
    public async Task Results_of_all_kinds_come_back()
    {
        Assert.Equal(42, await Fault.Value(42));
        Assert.Equal("x", await Fault.Text("x"));
        Assert.Null(await Fault.Text(null));
    }

    [Theory]
    [InlineData(FaultPlace.AtOnce)]
    [InlineData(FaultPlace.AfterAwait)]
    public async Task An_exception_reaches_the_caller_with_its_type_and_message(FaultPlace place)
    {
        var error = await Assert.ThrowsAsync<GrainFaultException>(() => Fault.Fail(place, "because"));
        Assert.Equal("because", error.Message);
        error = await Assert.ThrowsAsync<GrainFaultException>(async () => await Fault.FailWithValue(place, "why"));
        Assert.Equal("why", error.Message);
    }

    [Fact]
    public async Task An_exception_passes_through_a_grain_between()
    {
        var error = await Assert.ThrowsAsync<GrainFaultException>(() => Fault.FailThrough(Client.GetGrain<IFaultGrain>($"{Name}-far"), "far"));
        Assert.Equal("far", error.Message);
    }

    [Fact]
    public async Task A_failed_call_leaves_the_activation_and_other_grains_as_they_are()
    {
        var before = await Fault.Activation();
        await Assert.ThrowsAsync<GrainFaultException>(() => Fault.Fail(FaultPlace.AfterAwait, "x"));
        Assert.Equal(before, await Fault.Activation());
        Assert.Equal(1, await Client.GetGrain<IFaultGrain>($"{Name}-other").Value(1));
    }

    [Fact]
    public async Task A_call_that_is_not_answered_ends_with_a_timeout_and_the_grain_goes_on()
    {
        var call = Turn.Work("a");
        await Journal.SeenAsync("begin a");
        await Assert.ThrowsAsync<TimeoutException>(() => PassUntilEndedAsync(call));
        Journal.Open("a");
        Journal.Open("b");
        await Turn.Work("b");
        Assert.Equal(["begin a", "end a", "begin b", "end b"], Journal.Entries);
    }

    [Fact]
    public async Task A_call_that_timed_out_while_it_waited_is_not_begun()
    {
        var first = Turn.Work("a");
        await Journal.SeenAsync("begin a");
        var second = Turn.Work("b");
        await Assert.ThrowsAsync<TimeoutException>(() => PassUntilEndedAsync(first));
        await Assert.ThrowsAsync<TimeoutException>(() => PassUntilEndedAsync(second));
        Journal.Open("a");
        Journal.Open("b");
        Journal.Open("c");
        await Turn.Work("c");
        Assert.DoesNotContain("begin b", Journal.Entries);
    }

    [Fact]
    public async Task Grains_that_call_each_other_in_a_circle_time_out()
    {
        var a = Client.GetGrain<ICircleGrain>($"{Name}-a");
        var b = Client.GetGrain<ICircleGrain>($"{Name}-b");
        var call = a.CallThrough(b, Name);
        await Journal.SeenAsync("calling back");
        await Assert.ThrowsAsync<TimeoutException>(() => PassUntilEndedAsync(call));
        await PassUntilEndedAsync(a.CallBack(null, Name)); // and are free again
    }

    [Fact]
    public async Task The_callers_token_ends_the_wait_and_reaches_the_grain()
    {
        using var cancellation = new CancellationTokenSource();
        var call = Turn.Wait("a", cancellation.Token);
        await Journal.SeenAsync("begin a");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Journal.SeenAsync("cancelled a");
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_sends_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Turn.Wait("a", new CancellationToken(canceled: true)));
        await Turn.Arrived();
        Assert.Empty(Journal.Entries);
    }

    [Fact]
    public async Task A_timeout_leaves_the_grains_token_alone()
    {
        using var cancellation = new CancellationTokenSource();
        var call = Turn.Wait("a", cancellation.Token);
        await Journal.SeenAsync("begin a");
        await Assert.ThrowsAsync<TimeoutException>(() => PassUntilEndedAsync(call));
        await cancellation.CancelAsync(); // too late as well
        Journal.Open("a");
        await Journal.SeenAsync("end a");
        Assert.DoesNotContain("cancelled a", Journal.Entries);
    }

    [Fact]
    public async Task A_one_way_call_returns_before_the_grain_has_worked()
    {
        await Turn.Tell("a");
        await Journal.SeenAsync("begin a");
        Assert.DoesNotContain("end a", Journal.Entries);
        Journal.Open("a");
        await Journal.SeenAsync("end a");
    }

    [Fact]
    public async Task A_one_way_call_tells_of_no_error()
    {
        await Fault.FailUnheard("x");
        Assert.Equal(1, await Fault.Value(1));
    }
}
