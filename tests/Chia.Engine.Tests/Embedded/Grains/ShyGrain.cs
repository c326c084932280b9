using Chia.Engine.Tests.Fixtures;
using Orleans;

namespace Chia.Engine.Tests.Embedded.Grains;

public sealed class ShyGrain : Grain, IShyGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Journal.Of(this.GetPrimaryKeyString()).Add("activated");
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Call() => Task.CompletedTask;
}
