using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;

namespace Chia.Engine.Tests;

/// <summary>Stateless workers: as many activations as calls pile up, up to the limit, idle ones first.</summary>
public sealed class StatelessWorkerTests(EngineFixture engine) : EngineTest(engine)
{
    private IWorkerGrain Grain => Client.GetGrain<IWorkerGrain>(Name);

    [Fact]
    public async Task Calls_that_pile_up_get_activations_up_to_the_limit()
    {
        var calls = Enumerable.Range(0, WorkerGrain.MaxWorkers * 3).Select(_ => Grain.Work("go")).ToList();
        await Journal.SeenAsync("begin go", WorkerGrain.MaxWorkers);
        Journal.Open("go");
        var activations = await Task.WhenAll(calls);
        Assert.Equal(WorkerGrain.MaxWorkers, activations.Distinct().Count());
    }

    [Fact]
    public async Task An_idle_activation_is_used_before_another_is_made()
    {
        Journal.Open("go");
        var activations = new List<Guid>();
        for (var i = 0; i < 20; i++)
            activations.Add(await Grain.Work("go"));
        Assert.Single(activations.Distinct());
    }

    [Fact]
    public async Task Idle_activations_end()
    {
        var calls = Enumerable.Range(0, WorkerGrain.MaxWorkers).Select(_ => Grain.Work("go")).ToList();
        await Journal.SeenAsync("begin go", WorkerGrain.MaxWorkers);
        Journal.Open("go");
        await Task.WhenAll(calls);
        await PassUntilSeenAsync("deactivated", WorkerGrain.MaxWorkers);
        Assert.DoesNotContain(await Grain.Work("go"), calls.Select(c => c.Result));
    }
}
