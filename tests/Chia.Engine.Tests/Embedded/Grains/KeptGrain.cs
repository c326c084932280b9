using Orleans;

namespace Chia.Engine.Tests.Embedded.Grains;

[KeepAlive]
public sealed class KeptGrain : Grain, IAgeGrain
{
    private readonly Guid _activation = Guid.NewGuid();

    public Task<Guid> Activation() => Task.FromResult(_activation);
}
