using Orleans;

namespace Chia.Engine.Tests.Grains;

public sealed class NumberGrain : Grain, INumberGrain
{
    public Task<long> Key() => Task.FromResult(this.GetPrimaryKeyLong());
}
