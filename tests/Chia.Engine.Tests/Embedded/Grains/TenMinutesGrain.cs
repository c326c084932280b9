using Orleans;

namespace Chia.Engine.Tests.Embedded.Grains;

[CollectionAgeLimit(Minutes = 10)]
public sealed class TenMinutesGrain : Grain, IAgeGrain
{
    private readonly Guid _activation = Guid.NewGuid();

    public Task<Guid> Activation() => Task.FromResult(_activation);
}
