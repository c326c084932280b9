using Chia.Engine.Tests.Fixtures;
using Orleans;

namespace Chia.Engine.Tests.Grains;

public class TurnGrain : Grain, ITurnGrain
{
    private int _inTurn;
    private int _mostInTurn;

    private Journal Journal => Journal.Of(this.GetPrimaryKeyString());

    public Task Work(string name) => Run(name);

    public Task Read(string name) => Run(name);

    public Task Interleave(string name) => Run(name);

    public Task Tell(string name) => Run(name);

    public Task Arrived() => Task.CompletedTask;

    public async Task Spin(string name)
    {
        Journal.Add($"begin {name}");
        var gate = Journal.PassAsync(name);
        while (!gate.IsCompleted)
            await Task.Yield();
        Journal.Add($"end {name}");
    }

    public async Task Wait(string name, CancellationToken cancellationToken)
    {
        Journal.Add($"begin {name}");
        try
        {
            await Journal.PassAsync(name).WaitAsync(cancellationToken);
            Journal.Add($"end {name}");
        }
        catch (OperationCanceledException)
        {
            Journal.Add($"cancelled {name}");
            throw;
        }
    }

    public async Task<int> CountOverlap(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            var together = Interlocked.Increment(ref _inTurn);
            _mostInTurn = Math.Max(_mostInTurn, together);
            Thread.SpinWait(500);
            Interlocked.Decrement(ref _inTurn);
            await Task.Yield();
        }
        return _mostInTurn;
    }

    private async Task Run(string name)
    {
        Journal.Add($"begin {name}");
        await Journal.PassAsync(name);
        Journal.Add($"end {name}");
    }
}
