using Orleans;

namespace Chia.Engine.Tests.Grains;

public sealed class RightTwinGrain : Grain, ITwinGrain
{
    public Task<string> Which() => Task.FromResult("right");
}
