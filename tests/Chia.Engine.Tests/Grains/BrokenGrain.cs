using Orleans;

namespace Chia.Engine.Tests.Grains;

public sealed class BrokenGrain : Grain, IBrokenGrain
{
    public BrokenGrain() => throw new GrainFaultException("no such object");

    public Task Call() => Task.CompletedTask;
}
