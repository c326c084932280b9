using Chia.Embedded;
using Chia.Engine.Tests.Embedded.Grains;
using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;
using Orleans.Runtime;

namespace Chia.Engine.Tests.Embedded;

/// <summary>What the engine refuses and when it gives up.</summary>
public sealed class EngineLimitsTests
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    private Journal Journal => Journal.Of(_name);

    [Fact]
    public async Task After_the_stop_calls_are_rejected()
    {
        await using var host = await EmbeddedHost.StartAsync();
        var grain = host.Client.GetGrain<IFaultGrain>(_name);
        await grain.Value(1);
        await host.StopAsync();
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => grain.Value(1));
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => host.Client.GetGrain<IWorkerGrain>(_name).Work("x"));
    }

    [Fact]
    public async Task Calls_that_wait_at_the_stop_are_rejected()
    {
        await using var host = await EmbeddedHost.StartAsync();
        var grain = host.Client.GetGrain<ITurnGrain>(_name);
        var running = grain.Work("a");
        await Journal.SeenAsync("begin a");
        var waiting = grain.Work("b");
        await grain.Arrived();
        var stopping = host.StopAsync();
        Journal.Open("a");
        await running;
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => waiting);
        await stopping;
    }

    [Fact]
    public async Task A_grain_that_ends_each_time_before_the_call_is_given_up()
    {
        await using var host = await EmbeddedHost.StartAsync();
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(host.Client.GetGrain<IShyGrain>(_name).Call);
        Assert.Equal(3, Journal.Entries.Count); // the first activation and two more
    }

    [Fact]
    public async Task While_activations_end_all_the_time_each_call_is_served_or_rejected()
    {
        await using var host = await EmbeddedHost.StartAsync();
        Journal.Open("activate");
        var grain = host.Client.GetGrain<ILifeGrain>(_name);
        var served = 0;
        var callers = Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 250; i++)
            {
                try
                {
                    await (i % 5 == caller % 5 ? grain.DeactivateAfterThis() : grain.Activation());
                    Interlocked.Increment(ref served);
                }
                catch (OrleansMessageRejectionException)
                {
                    // Handed on too often: the caller is told.
                }
            }
        }));
        await Task.WhenAll(callers);
        Assert.InRange(served, 1, 2000);
        Assert.True(Journal.Entries.Count(e => e == "activated") > 50, "Activations did not end.");
    }

    [Fact]
    public async Task Of_many_calls_only_those_without_an_answer_time_out()
    {
        await using var host = await EmbeddedHost.StartAsync();
        var random = new Random(20191205);
        var calls = new List<(Task Task, int Sent, bool Answered)>();
        for (var second = 0; second < 60; second++)
        {
            for (var i = 0; i < 20; i++)
            {
                var key = $"{_name}-{second}-{i}";
                var answered = random.Next(2) == 0;
                if (answered)
                    Journal.Of(key).Open("go");
                calls.Add((host.Client.GetGrain<ITurnGrain>(key).Work("go"), second, answered));
            }
            await Task.WhenAll(calls.Where(c => c.Answered).Select(c => c.Task));
            // With 30 s of patience and a look each second, calls of 30 s ago are over, and younger ones are not.
            host.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.All(calls, c => Assert.Equal(c.Answered || second + 1 - c.Sent >= 30, c.Task.IsCompleted));
        }
        foreach (var (task, sent, answered) in calls.Where(c => !c.Answered && c.Sent <= 30))
            await Assert.ThrowsAsync<TimeoutException>(() => task);
        for (var second = 0; second < 60; second++)
        {
            for (var i = 0; i < 20; i++)
                Journal.Of($"{_name}-{second}-{i}").Open("go");
        }
    }

    [Fact]
    public async Task Classes_that_stay_and_classes_with_an_age_of_their_own()
    {
        await using var host = await EmbeddedHost.StartAsync(o => o.CollectionAge = TimeSpan.FromMinutes(2));
        var kept = host.Client.GetGrain<IAgeGrain>($"{_name}-kept", typeof(KeptGrain).FullName);
        var old = host.Client.GetGrain<IAgeGrain>($"{_name}-old", typeof(TenMinutesGrain).FullName);
        var ordinary = host.Client.GetGrain<IFaultGrain>(_name);
        var (keptBefore, oldBefore, ordinaryBefore) = (await kept.Activation(), await old.Activation(), await ordinary.Activation());
        await PassAsync(host, minutes: 4);
        Assert.Equal(keptBefore, await kept.Activation());
        Assert.Equal(oldBefore, await old.Activation());
        Assert.NotEqual(ordinaryBefore, await ordinary.Activation());
        await PassAsync(host, minutes: 12);
        Assert.Equal(keptBefore, await kept.Activation());
        Assert.NotEqual(oldBefore, await old.Activation());
    }

    [Fact]
    public async Task A_store_that_the_host_does_not_have_fails_the_activation_by_name()
    {
        await using var host = await EmbeddedHost.StartAsync();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.GetGrain<IAccountGrain>(_name).Look());
        Assert.Contains("'Default'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(EmbeddedEngineOptions.CallTimeout))]
    [InlineData(nameof(EmbeddedEngineOptions.ActivationTimeout))]
    [InlineData(nameof(EmbeddedEngineOptions.DeactivationTimeout))]
    [InlineData(nameof(EmbeddedEngineOptions.CollectionAge))]
    [InlineData(nameof(EmbeddedEngineOptions.CollectionQuantum))]
    public async Task A_time_of_zero_is_refused_at_start(string option)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            EmbeddedHost.StartAsync(o => typeof(EmbeddedEngineOptions).GetProperty(option)!.SetValue(o, TimeSpan.Zero)));
    }

    // Each minute the idle activations are looked for, and given the time to end.
    private static async Task PassAsync(EmbeddedHost host, int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            host.Time.Advance(TimeSpan.FromMinutes(1));
            await host.Client.GetGrain<INumberGrain>(1).Key();
        }
    }
}
