using Chia.Engine.Tests.Fixtures;
using Orleans;

namespace Chia.Engine.Tests.Grains;

public sealed class CircleGrain : Grain, ICircleGrain
{
    public Task CallThrough(ICircleGrain other, string journal) => other.CallBack(this.AsReference<ICircleGrain>(), journal);

    public async Task CallBack(ICircleGrain? caller, string journal)
    {
        Journal.Of(journal).Add("calling back");
        if (caller is not null)
            await caller.CallBack(null, journal);
    }
}
