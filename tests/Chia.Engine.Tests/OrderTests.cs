using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;

namespace Chia.Engine.Tests;

/// <summary>Calls of one caller to one grain begin in the order in which they were made.</summary>
public sealed class OrderTests(EngineFixture engine) : EngineTest(engine)
{
    private const int Calls = 2000;

    [Fact]
    public async Task From_a_client()
    {
        var grain = Client.GetGrain<IListGrain>(Name);
        await Task.WhenAll(Enumerable.Range(0, Calls).Select(i => grain.Add(i).AsTask()));
        Assert.Equal(Enumerable.Range(0, Calls), await grain.All());
    }

    [Fact]
    public async Task From_a_grain()
    {
        var grain = Client.GetGrain<IListGrain>(Name);
        await Client.GetGrain<IListGrain>($"{Name}-caller").Fill(grain, Calls);
        Assert.Equal(Enumerable.Range(0, Calls), await grain.All());
    }
}
