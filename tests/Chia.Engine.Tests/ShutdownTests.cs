using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;

namespace Chia.Engine.Tests;

/// <summary>The host stops: every activation ends, and calls that run are let end first.</summary>
public sealed class ShutdownTests
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task All_activations_are_deactivated()
    {
        await using var engine = new EngineFixture();
        await engine.InitializeAsync();
        var keys = Enumerable.Range(0, 20).Select(i => $"{_name}-{i}").ToList();
        foreach (var key in keys)
        {
            Journal.Of(key).Open("activate");
            await engine.Client.GetGrain<ILifeGrain>(key).Activation();
        }
        await engine.StopAsync();
        Assert.All(keys, key => Assert.Equal("deactivated ShuttingDown", Journal.Of(key).Entries[^1]));
    }

    [Fact]
    public async Task A_call_that_runs_ends_before_its_activation_does()
    {
        await using var engine = new EngineFixture();
        await engine.InitializeAsync();
        var journal = Journal.Of(_name);
        journal.Open("activate");
        await engine.Client.GetGrain<ILifeGrain>(_name).Hold();
        await journal.SeenAsync("holding");
        var stopping = engine.StopAsync();
        Assert.DoesNotContain("deactivated ShuttingDown", journal.Entries);
        journal.Open("hold");
        await stopping;
        Assert.Equal(["holding", "held", "deactivated ShuttingDown"], journal.Entries.TakeLast(3));
    }

    [Fact]
    public async Task Grains_can_call_each_other_while_they_end()
    {
        await using var engine = new EngineFixture();
        await engine.InitializeAsync();
        var grain = engine.Client.GetGrain<IFarewellGrain>(_name);
        await grain.Begin();
        await engine.StopAsync();
        Assert.Contains(Journal.Of(_name).Entries, e => e is "answered" or "refused");
    }
}
