using Chia.Engine.Tests.Fixtures;
using Orleans;
using Orleans.Concurrency;

namespace Chia.Engine.Tests.Grains;

[StatelessWorker(MaxWorkers)]
public sealed class WorkerGrain : Grain, IWorkerGrain
{
    public const int MaxWorkers = 3;

    private readonly Guid _activation = Guid.NewGuid();

    private Journal Journal => Journal.Of(this.GetPrimaryKeyString());

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Journal.Add("deactivated");
        return Task.CompletedTask;
    }

    public async Task<Guid> Work(string name)
    {
        Journal.Add($"begin {name}");
        await Journal.PassAsync(name);
        return _activation;
    }
}
