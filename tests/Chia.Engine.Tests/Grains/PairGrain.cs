using Orleans;

namespace Chia.Engine.Tests.Grains;

public sealed class PairGrain : Grain, IPairGrain, IOtherPairGrain
{
    private string _value = string.Empty;

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task Set(string value)
    {
        _value = value;
        return Task.CompletedTask;
    }

    public Task<string> Get() => Task.FromResult(_value);

    public Task<IPairGrain> Itself() => Task.FromResult(this.AsReference<IPairGrain>());

    public Task<string> AskOther(IOtherPairGrain other) => other.Get();

    public Task<string> AskSelfThrough(IPairGrain far) => far.AskOther(this);
}
