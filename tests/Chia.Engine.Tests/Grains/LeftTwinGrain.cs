using Orleans;

namespace Chia.Engine.Tests.Grains;

public sealed class LeftTwinGrain : Grain, ITwinGrain
{
    public Task<string> Which() => Task.FromResult("left");
}
