using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;

namespace Chia.Engine.Tests.Embedded;

/// <summary>
/// More than Orleans gives: there, as many grains that always have a turn ready as the machine has cores keep the threads to
/// themselves. No grain of ours may do that.
/// </summary>
public sealed class FairnessTests(EngineFixture engine) : EngineTest(engine)
{
    [Fact]
    public async Task Grains_that_always_have_a_turn_ready_starve_neither_others_nor_their_own_callers()
    {
        var spinners = Enumerable.Range(0, Environment.ProcessorCount * 4)
            .Select(i => (Key: $"{Name}-{i}", Grain: Client.GetGrain<ITurnGrain>($"{Name}-{i}")))
            .ToList();
        var spinning = spinners.ConvertAll(s => s.Grain.Spin("stop"));
        foreach (var (key, _) in spinners)
            await Journal.Of(key).SeenAsync("begin stop");
        await Client.GetGrain<ITurnGrain>(Name).Arrived();
        await Task.WhenAll(spinners.Select(s => s.Grain.Arrived()));
        Assert.All(spinning, s => Assert.False(s.IsCompleted));
        foreach (var (key, _) in spinners)
            Journal.Of(key).Open("stop");
        await Task.WhenAll(spinning);
    }
}
