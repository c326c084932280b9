using Orleans;

namespace Chia.Engine.Tests.Grains;

public sealed class FaultGrain : Grain, IFaultGrain
{
    private readonly Guid _activation = Guid.NewGuid();

    public Task<int> Value(int value) => Task.FromResult(value);

    public ValueTask<string?> Text(string? text) => new(text);

    public Task Fail(FaultPlace place, string message) =>
        place == FaultPlace.AtOnce ? throw new GrainFaultException(message) : FailLater(message);

    public async ValueTask<int> FailWithValue(FaultPlace place, string message)
    {
        if (place == FaultPlace.AtOnce)
            throw new GrainFaultException(message);
        await FailLater(message);
        return 1;
    }

    public Task FailThrough(IFaultGrain other, string message) => other.Fail(FaultPlace.AfterAwait, message);

    public Task FailUnheard(string message) => FailLater(message);

    public Task<Guid> Activation() => Task.FromResult(_activation);

    private static async Task FailLater(string message)
    {
        await Task.Yield();
        throw new GrainFaultException(message);
    }
}
