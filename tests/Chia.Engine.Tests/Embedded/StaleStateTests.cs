using Chia.Embedded;
using Chia.Engine.Tests.Grains;
using Orleans.Storage;

namespace Chia.Engine.Tests.Embedded;

/// <summary>Somebody else writes to the store of a grain.</summary>
public sealed class StaleStateTests
{
    [Fact]
    public async Task A_write_over_a_newer_record_fails_and_the_next_activation_reads_it()
    {
        var store = new MemoryGrainStateStore();
        await using var host = await EmbeddedHost.StartAsync(o => o
            .AddStateStore(EmbeddedEngineOptions.DefaultStateStore, _ => store)
            .AddMemoryStateStore("other"));
        var name = Guid.NewGuid().ToString("N");
        var grain = host.Client.GetGrain<IAccountGrain>(name);
        await grain.Add(5, write: true);

        var key = new GrainStateKey("account", name, "amount");
        var record = await store.ReadAsync(key, TestContext.Current.CancellationToken);
        await store.WriteAsync(key, """{"Amount":100}"""u8.ToArray(), record!.Etag, TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Add(1, write: true));
        Assert.Equal(record.Etag, error.CurrentEtag);
        Assert.NotEqual(record.Etag, error.StoredEtag);
        await grain.Add(1, write: true);
        Assert.Equal(101, (await grain.Look()).Amount);
    }

    [Fact]
    public async Task The_store_is_asked_under_the_names_that_Orleans_would_use()
    {
        var store = new MemoryGrainStateStore();
        await using var host = await EmbeddedHost.StartAsync(o => o
            .AddStateStore(EmbeddedEngineOptions.DefaultStateStore, _ => store)
            .AddMemoryStateStore("other"));
        await host.Client.GetGrain<IAccountGrain>("key").Add(5, write: true);
        var record = await store.ReadAsync(new GrainStateKey("account", "key", "amount"), TestContext.Current.CancellationToken);
        Assert.Equal("""{"Amount":5}""", System.Text.Encoding.UTF8.GetString(record!.Json.Span));
    }
}
