using Chia.Engine.Tests.Fixtures;
using Chia.Engine.Tests.Grains;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Engine.Tests;

/// <summary>Memory streams.</summary>
public sealed class StreamTests(EngineFixture engine) : EngineTest(engine)
{
    private IAsyncStream<string> Stream => Client.GetStreamProvider(EngineFixture.Streams).GetStream<string>(StreamId.Create("test", Name));

    private ISubscriberGrain Grain => Client.GetGrain<ISubscriberGrain>(Name);

    [Fact]
    public async Task Every_subscriber_gets_every_item_in_order()
    {
        await Subscribe("a");
        await Subscribe("b");
        await Grain.Subscribe("g");
        for (var i = 0; i < 100; i++)
            await Stream.OnNextAsync($"{i}");
        await Stream.OnNextBatchAsync(["x", "y", "z"]);
        foreach (var subscriber in (string[])["a", "b", "g"])
        {
            await PassUntilSeenAsync($"{subscriber} z");
            Assert.Equal(
                [.. Enumerable.Range(0, 100).Select(i => $"{subscriber} {i}"), $"{subscriber} x", $"{subscriber} y", $"{subscriber} z"],
                Journal.Entries.Where(e => e.StartsWith(subscriber, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_grain_publishes_as_a_client_does()
    {
        await Subscribe("a");
        await Grain.Publish("x");
        await PassUntilSeenAsync("a x");
    }

    [Fact]
    public async Task Places_grow()
    {
        var places = new List<StreamSequenceToken>();
        await Stream.SubscribeAsync((item, place) =>
        {
            places.Add(place!);
            Journal.Add(item);
            return Task.CompletedTask;
        });
        await Stream.OnNextBatchAsync(["x", "y"]);
        await Stream.OnNextAsync("z");
        await PassUntilSeenAsync("z");
        Assert.True(places[0].CompareTo(places[1]) < 0);
        Assert.True(places[1].CompareTo(places[2]) < 0);
    }

    [Fact]
    public async Task Deliveries_to_a_grain_are_its_turns()
    {
        await Grain.Subscribe("g");
        var call = Grain.Work();
        await Journal.SeenAsync("begin");
        await Stream.OnNextAsync("x");
        await Subscribe("later");
        await Grain.Arrived();
        Journal.Open("work");
        await call;
        await PassUntilSeenAsync("g x");
        Assert.Equal(["begin", "end", "g x"], Journal.Entries.Where(e => !e.StartsWith("later", StringComparison.Ordinal)));
        Assert.True(await Grain.WasOnGrain());
    }

    [Fact]
    public async Task A_subscriber_gets_nothing_that_was_delivered_before_it_came()
    {
        await Subscribe("early");
        await Stream.OnNextAsync("1");
        await PassUntilSeenAsync("early 1");
        await Subscribe("late");
        await Stream.OnNextAsync("2");
        await PassUntilSeenAsync("late 2");
        await PassUntilSeenAsync("early 2");
        Assert.DoesNotContain("late 1", Journal.Entries);
    }

    [Fact]
    public async Task A_subscriber_that_fails_gets_the_item_again_and_disturbs_no_other()
    {
        var failures = 2;
        await Stream.SubscribeAsync((item, _) =>
        {
            if (item == "x" && failures-- > 0)
            {
                Journal.Add("failing x");
                throw new GrainFaultException("not now");
            }
            Journal.Add($"failing had {item}");
            return Task.CompletedTask;
        });
        await Subscribe("a");
        await Stream.OnNextAsync("x");
        await Stream.OnNextAsync("y");
        await PassUntilSeenAsync("a y");
        await PassUntilSeenAsync("failing had y");
        Assert.Equal(["failing x", "failing x", "failing had x", "failing had y"], Journal.Entries.Where(e => e.StartsWith("failing", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_client_that_hangs_disturbs_no_grain()
    {
        await Stream.SubscribeAsync(async (item, _) =>
        {
            Journal.Add($"hanging {item}");
            await Journal.PassAsync("free");
        });
        await Grain.Subscribe("g");
        await Stream.OnNextAsync("x");
        await Stream.OnNextAsync("y");
        await PassUntilSeenAsync("g y");
        await PassUntilSeenAsync("hanging x");
        Assert.DoesNotContain("hanging y", Journal.Entries);
        Journal.Open("free");
        await PassUntilSeenAsync("hanging y");
    }

    [Fact]
    public async Task An_ended_subscription_gets_nothing()
    {
        var subscription = await Subscribe("a");
        await Subscribe("b");
        await Stream.OnNextAsync("1");
        await PassUntilSeenAsync("a 1");
        await subscription.UnsubscribeAsync();
        await Stream.OnNextAsync("2");
        await PassUntilSeenAsync("b 2");
        Assert.DoesNotContain("a 2", Journal.Entries);
        Assert.Single(await Stream.GetAllSubscriptionHandles());
    }

    [Fact]
    public async Task Streams_of_other_names_are_others()
    {
        var provider = Client.GetStreamProvider(EngineFixture.Streams);
        await Subscribe("a");
        await provider.GetStream<string>(StreamId.Create("other", Name)).OnNextAsync("wrong namespace");
        await provider.GetStream<string>(StreamId.Create("test", $"{Name}-other")).OnNextAsync("wrong key");
        await Stream.OnNextAsync("right");
        await PassUntilSeenAsync("a right");
        Assert.Single(Journal.Entries);
    }

    [Fact]
    public async Task A_grains_subscription_outlives_its_activation_and_is_resumed()
    {
        await Grain.Subscribe("g");
        await Stream.OnNextAsync("1");
        await PassUntilSeenAsync("g 1");
        await Grain.End();
        Assert.Equal(1, await Grain.Resume("again"));
        await Stream.OnNextAsync("2");
        await PassUntilSeenAsync("again 2");
        Assert.DoesNotContain("g 2", Journal.Entries);
        await Grain.Unsubscribe();
        Assert.Equal(0, await Grain.Resume("never"));
    }

    [Fact]
    public void A_provider_that_the_host_does_not_have_is_an_error()
    {
        Assert.Throws<KeyNotFoundException>(() => Client.GetStreamProvider("nowhere"));
    }

    private Task<StreamSubscriptionHandle<string>> Subscribe(string subscriber) => Stream.SubscribeAsync((item, _) =>
    {
        Journal.Add($"{subscriber} {item}");
        return Task.CompletedTask;
    });
}
