using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;

namespace Chia.Engine.Tests.Embedded;

/// <summary>
/// Calls of one caller to one grain begin in the order in which they were made. More than Orleans gives, where calls that nobody
/// awaits in between overtake each other under load, so that nothing may rely on it.
/// </summary>
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

    [Fact]
    public async Task From_a_grain_to_a_callback_object()
    {
        var listener = new Listener(Journal);
        await Client.GetGrain<IRelayGrain>(Name).TellMany(Client.CreateObjectReference<IListener>(listener), 200);
        await Journal.SeenAsync("last");
        Assert.Equal([.. Enumerable.Range(0, 200).Select(i => $"{i}"), "last"], Journal.Entries);
    }

    [Fact]
    public async Task From_one_activation_to_the_next()
    {
        var grain = Client.GetGrain<ILifeGrain>(Name);
        Journal.Open("activate");
        var ending = grain.DeactivateAtGate();
        await Journal.SeenAsync("at gate");
        var waiting = Enumerable.Range(0, 100).Select(i => grain.Note($"note {i}")).ToList();
        Journal.Open("end");
        await ending;
        await Task.WhenAll(waiting);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"note {i}"), Journal.Entries.Where(e => e.StartsWith("note", StringComparison.Ordinal)));
    }
}
