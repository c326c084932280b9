using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;
using Orleans;

namespace Chia.Engine.Tests;

/// <summary>References to grains: how they are found, compared, passed and cast.</summary>
public sealed class ReferenceTests(EngineFixture engine) : EngineTest(engine)
{
    [Fact]
    public async Task A_grain_knows_its_string_key()
    {
        var grain = Client.GetGrain<IPairGrain>(Name);
        Assert.Equal(Name, grain.GetPrimaryKeyString());
        Assert.Equal(Name, await grain.Key());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task A_grain_knows_its_integer_key(long key)
    {
        var grain = Client.GetGrain<INumberGrain>(key);
        Assert.Equal(key, grain.GetPrimaryKeyLong());
        Assert.Equal(key, await grain.Key());
    }

    [Fact]
    public void References_to_one_grain_are_equal()
    {
        Assert.Equal(Client.GetGrain<IPairGrain>(Name), Client.GetGrain<IPairGrain>(Name));
        Assert.Equal(Client.GetGrain<IPairGrain>(Name).GetHashCode(), Client.GetGrain<IPairGrain>(Name).GetHashCode());
        Assert.NotEqual(Client.GetGrain<IPairGrain>(Name), Client.GetGrain<IPairGrain>($"{Name}-other"));
    }

    [Fact]
    public async Task A_reference_is_cast_to_another_interface_of_the_same_grain()
    {
        var grain = Client.GetGrain<IPairGrain>(Name);
        await grain.Set("x");
        Assert.Equal("x", await grain.AsReference<IOtherPairGrain>().Get());
        Assert.Equal("x", await grain.Cast<IOtherPairGrain>().Get());
        Assert.Equal("x", await Client.GetGrain<IOtherPairGrain>(Name).Get());
    }

    [Fact]
    public async Task References_travel_and_a_grain_may_pass_itself()
    {
        var grain = Client.GetGrain<IPairGrain>(Name);
        var itself = await grain.Itself();
        Assert.Equal(grain, itself);
        await itself.Set("y");
        var far = Client.GetGrain<IPairGrain>($"{Name}-far");
        Assert.Equal("y", await far.AskOther(grain.AsReference<IOtherPairGrain>()));
        Assert.Equal("y", await grain.AskSelfThrough(far));
    }

    [Fact]
    public void An_interface_without_a_class_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => Client.GetGrain<IOrphanGrain>(Name));
    }

    [Fact]
    public async Task An_interface_with_two_classes_needs_the_start_of_a_class_name()
    {
        Assert.Throws<ArgumentException>(() => Client.GetGrain<ITwinGrain>(Name));
        Assert.Throws<ArgumentException>(() => Client.GetGrain<ITwinGrain>(Name, "Chia.Engine.Tests.Grains."));
        Assert.Throws<ArgumentException>(() => Client.GetGrain<ITwinGrain>(Name, "Chia.Elsewhere"));
        Assert.Equal("left", await Client.GetGrain<ITwinGrain>(Name, "Chia.Engine.Tests.Grains.Left").Which());
        Assert.Equal("right", await Client.GetGrain<ITwinGrain>(Name, typeof(RightTwinGrain).FullName).Which());
    }
}
