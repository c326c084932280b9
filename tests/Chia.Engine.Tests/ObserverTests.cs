using System.Runtime.CompilerServices;
using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;
using Orleans.Runtime;

namespace Chia.Engine.Tests;

/// <summary>Callback objects.</summary>
public sealed class ObserverTests(EngineFixture engine) : EngineTest(engine)
{
    private IRelayGrain Grain => Client.GetGrain<IRelayGrain>(Name);

    [Fact]
    public async Task A_grain_calls_the_object_and_gets_its_answer()
    {
        var listener = new Listener(Journal);
        var reference = Client.CreateObjectReference<IListener>(listener);
        Assert.Equal("heard hello", await Grain.Ask(reference, "hello"));
        Assert.Equal(["hello"], Journal.Entries);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Calls_without_a_result_all_arrive_one_at_a_time()
    {
        var listener = new Listener(Journal);
        await Grain.TellMany(Client.CreateObjectReference<IListener>(listener), 200);
        for (var i = 0; i < 200; i++)
            await Journal.SeenAsync($"{i}");
        await Journal.SeenAsync("last");
        Assert.Equal(201, Journal.Entries.Count);
        Assert.Equal(1, listener.MostAtOnce);
    }

    [Fact]
    public async Task The_objects_exception_reaches_the_grain()
    {
        var listener = new Listener(Journal);
        var error = await Assert.ThrowsAsync<GrainFaultException>(() => Grain.Ask(Client.CreateObjectReference<IListener>(listener), "throw"));
        Assert.Equal("as told", error.Message);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task A_call_through_a_deleted_reference_fails()
    {
        var listener = new Listener(Journal);
        var reference = Client.CreateObjectReference<IListener>(listener);
        await Grain.Ask(reference, "hello");
        Client.DeleteObjectReference<IListener>(reference);
        await AssertGoneAsync(Grain.Ask(reference, "anybody?"));
        Assert.Equal(["hello"], Journal.Entries);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task The_object_is_held_weakly()
    {
        var (reference, listener) = CreateForgotten();
        for (var i = 0; i < 10 && listener.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(listener.IsAlive);
        await AssertGoneAsync(Grain.Ask(reference, "anybody?"));
    }

    [Fact]
    public void Neither_a_grain_nor_a_reference_becomes_a_callback_object()
    {
        var listener = new Listener(Journal);
        var reference = Client.CreateObjectReference<IListener>(listener);
        Assert.Throws<ArgumentException>(() => Client.CreateObjectReference<IListener>(reference));
        Assert.Throws<ArgumentException>(() => Client.DeleteObjectReference<IListener>(listener));
        GC.KeepAlive(listener);
    }

    // Where the client lives on, Orleans lets such a call time out; where it is gone, it fails at once.
    private async Task AssertGoneAsync(Task call)
    {
        var error = await Record.ExceptionAsync(() => PassUntilEndedAsync(call));
        Assert.True(error is ClientNotAvailableException or TimeoutException, $"{error}");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (IListener Reference, WeakReference Listener) CreateForgotten()
    {
        var listener = new Listener(Journal);
        return (Client.CreateObjectReference<IListener>(listener), new WeakReference(listener));
    }
}
