using Chia.Engine.Tests.Fixtures;
using Orleans;
using Orleans.Concurrency;

namespace Chia.Engine.Tests.Grains;

public class TurnGrain : Grain, ITurnGrain
{
    private Journal Journal => Journal.Of(this.GetPrimaryKeyString());

    public Task Work(string name) => Run(name);

    public Task Read(string name) => Run(name);

    public Task Interleave(string name) => Run(name);

    public Task Arrived() => Task.CompletedTask;

    private async Task Run(string name)
    {
        Journal.Add($"begin {name}");
        await Journal.PassAsync(name);
        Journal.Add($"end {name}");
    }
}

[Reentrant]
public sealed class ReentrantTurnGrain : TurnGrain;
