using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;

namespace Chia.Engine.Tests;

/// <summary>Persistent states.</summary>
public sealed class StateTests(EngineFixture engine) : EngineTest(engine)
{
    private IAccountGrain Grain => Client.GetGrain<IAccountGrain>(Name);

    [Fact]
    public async Task A_new_grain_has_a_new_state_and_no_record()
    {
        Assert.Equal(new AccountLook(0, "", RecordExists: false, HasEtag: false), await Grain.Look());
    }

    [Fact]
    public async Task A_written_state_is_there_for_the_next_activation_before_it_is_activated()
    {
        await Grain.Add(5, write: true);
        Assert.Equal(new AccountLook(5, "", RecordExists: true, HasEtag: true), await Grain.Look());
        await Grain.End();
        Assert.Equal(new AccountLook(5, "", RecordExists: true, HasEtag: true), await Grain.Look());
        await Journal.SeenAsync("activated with 5");
    }

    [Fact]
    public async Task A_state_that_was_not_written_is_lost()
    {
        await Grain.Add(5, write: true);
        await Grain.Add(2, write: false);
        Assert.Equal(7, (await Grain.Look()).Amount);
        await Grain.End();
        Assert.Equal(5, (await Grain.Look()).Amount);
    }

    [Fact]
    public async Task Reading_replaces_what_is_in_memory()
    {
        await Grain.Add(5, write: true);
        await Grain.Add(2, write: false);
        await Grain.Reread();
        Assert.Equal(5, (await Grain.Look()).Amount);
    }

    [Fact]
    public async Task Clearing_deletes_the_record_and_makes_the_state_new()
    {
        await Grain.Add(5, write: true);
        await Grain.Clear();
        Assert.Equal(new AccountLook(0, "", RecordExists: false, HasEtag: false), await Grain.Look());
        await Grain.End();
        Assert.Equal(0, (await Grain.Look()).Amount);
        await Grain.Add(1, write: true);
        await Grain.End();
        Assert.Equal(1, (await Grain.Look()).Amount);
    }

    [Fact]
    public async Task States_of_other_names_stores_and_grains_are_others()
    {
        await Grain.Add(5, write: true);
        await Grain.Rename("mine");
        await Grain.End();
        Assert.Equal(new AccountLook(5, "mine", RecordExists: true, HasEtag: true), await Grain.Look());
        Assert.Equal(0, (await Client.GetGrain<IAccountGrain>($"{Name}-other").Look()).Amount);
    }

    [Fact]
    public async Task Writes_that_overlap_are_all_done_and_the_last_state_stays()
    {
        await Grain.AddManyAtOnce(50);
        await Grain.End();
        Assert.Equal(50, (await Grain.Look()).Amount);
    }
}
