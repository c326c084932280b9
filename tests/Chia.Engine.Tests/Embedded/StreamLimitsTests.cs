using Chia.Engine.Tests.Fixtures;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Engine.Tests.Embedded;

/// <summary>Subscribers that do not keep up.</summary>
public sealed class StreamLimitsTests
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    private Journal Journal => Journal.Of(_name);

    [Fact]
    public async Task Beyond_the_backlog_the_oldest_items_are_dropped_and_the_subscriber_is_told()
    {
        await using var host = await EmbeddedHost.StartAsync(o => o.StreamBacklog = 10);
        var stream = StreamOf(host);
        await stream.SubscribeAsync(
            async (item, _) =>
            {
                Journal.Add($"{item}");
                await Journal.PassAsync("free");
            },
            Lost);
        await stream.OnNextAsync(0);
        await Journal.SeenAsync("0"); // being delivered: not in the backlog any more
        for (var i = 1; i <= 30; i++)
            await stream.OnNextAsync(i);
        Journal.Open("free");
        await Journal.SeenAsync("30");
        Assert.Equal(["0", "lost", .. Enumerable.Range(21, 10).Select(i => $"{i}")], Journal.Entries);
    }

    [Fact]
    public async Task An_item_that_fails_for_a_minute_is_passed_over_and_the_subscriber_is_told()
    {
        await using var host = await EmbeddedHost.StartAsync();
        var stream = StreamOf(host);
        await stream.SubscribeAsync(
            (item, _) =>
            {
                Journal.Add($"{item}");
                return item == 0 ? throw new InvalidOperationException("never") : Task.CompletedTask;
            },
            Lost);
        await stream.OnNextAsync(0);
        await stream.OnNextAsync(1);
        while (!Journal.Entries.Contains("1"))
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, TestContext.Current.CancellationToken); // the next attempt runs on another thread
        }
        // At once, then after pauses of 1, 2, 4, 8, 16 and 30 s: the seventh attempt is the first after a minute.
        Assert.Equal([.. Enumerable.Repeat("0", 7), "lost", "1"], Journal.Entries);
        Assert.True(host.Time.GetElapsedTime(0) >= TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_subscriber_that_hangs_disturbs_no_other()
    {
        await using var host = await EmbeddedHost.StartAsync();
        var stream = StreamOf(host);
        await stream.SubscribeAsync(async (item, _) =>
        {
            Journal.Add($"hanging {item}");
            await Journal.PassAsync("free");
        });
        await stream.SubscribeAsync((item, _) =>
        {
            Journal.Add($"a {item}");
            return Task.CompletedTask;
        });
        await stream.OnNextAsync(1);
        await stream.OnNextAsync(2);
        await Journal.SeenAsync("a 2");
        Assert.DoesNotContain("hanging 2", Journal.Entries);
        Journal.Open("free");
        await Journal.SeenAsync("hanging 2");
    }

    [Fact]
    public async Task A_stopped_engine_delivers_no_more()
    {
        await using var host = await EmbeddedHost.StartAsync();
        var stream = StreamOf(host);
        await stream.SubscribeAsync((_, _) =>
        {
            Journal.Add("tried");
            throw new InvalidOperationException("never");
        });
        await stream.OnNextAsync(0);
        await Journal.SeenAsync("tried");
        await host.StopAsync();
        host.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Single(Journal.Entries);
    }

    private IAsyncStream<int> StreamOf(EmbeddedHost host) =>
        host.Client.GetStreamProvider(EngineFixture.Streams).GetStream<int>(StreamId.Create("test", _name));

    private Task Lost(Exception error)
    {
        Journal.Add("lost");
        return Task.CompletedTask;
    }
}
