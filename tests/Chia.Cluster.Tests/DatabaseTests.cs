using System.Net;
using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Storage.Postgres;
using Chia.Storage.Tests.Support;
using Chia.Testing;

namespace Chia.Cluster.Tests;

/// <summary>The database goes away under a running cluster and comes back: nothing is lost, and the status says so meanwhile
/// (CLUSTER 3).</summary>
public class DatabaseTests
{
    private const int Begun = 30;

    [Fact]
    public Task A_database_that_is_stopped_is_waited_for() => Away(
        silos: 3,
        "",
        TimeSpan.Zero,
        async (server, _) =>
        {
            await server.Stop();
            return server.Begin;
        });

    /// <summary>Connections stay, and nobody answers over them: it takes their timeouts to notice, which the cluster's file sets
    /// here.</summary>
    [Fact]
    public Task A_database_that_does_not_answer_is_waited_for() => Away(silos: 1, ";Command Timeout=3;Timeout=3", TimeSpan.Zero, Freeze);

    /// <summary>As long as it takes with the timeouts that are usual. By hand, for it takes a minute.</summary>
    [Fact(Explicit = true)]
    public Task A_database_that_does_not_answer_for_half_a_minute_is_waited_for() =>
        Away(silos: 3, "", TimeSpan.FromSeconds(30), Freeze);

    /// <summary>A server that is brought up to date, or that moves: at once, and after longer than a silo's death takes to be
    /// noticed.</summary>
    [Fact]
    public async Task A_sync_of_300_blocks_ends_though_the_database_is_restarted_under_it()
    {
        var chain = ChainVectors.Real;
        await using var server = await TemporaryPostgres.Start();
        await using var cluster = await TestCluster.Create(chain, await server.CreateDatabase("restarted"));
        await cluster.StartSilos(2);
        var gateway = await cluster.StartGateway();
        var script = new ChainScript(chain.Main);
        await using var source = await TestPeer.Dial(gateway.Port(), script);
        foreach (var (asked, away) in new[] { (40, TimeSpan.Zero), (120, TimeSpan.FromSeconds(10)) })
        {
            await Poll.Until(() => Task.FromResult(script.BlocksAsked.Count > asked));
            await server.Process.Stop();
            var began = TimeProvider.System.GetTimestamp();
            await Poll.Until(() => Task.FromResult(TimeProvider.System.GetElapsedTime(began) >= away));
            await server.Process.Begin();
        }

        await using var asking = await TestPeer.Dial(gateway.Port());
        await asking.Expect<BlockMessage>(m => m.Block.Height == chain.Main[^1].Height);
        Assert.All(cluster.Silos, silo => Assert.False(silo.Process.HasExited, silo.Process.Error));
        Assert.False(source.IsClosed);
        await gateway.Process.EndInOrder();
        foreach (var silo in cluster.Silos)
            await silo.Process.EndInOrder();

        await cluster.VerifyStore(chain);
    }

    private static async Task<Func<Task>> Freeze(PostgresProcess server, string connection)
    {
        var frozen = await FrozenDatabase.Freeze(connection);
        return () =>
        {
            frozen.Thaw();
            return Task.CompletedTask;
        };
    }

    private static async Task Away(
        int silos, string timeouts, TimeSpan atLeast, Func<PostgresProcess, string, Task<Func<Task>>> end)
    {
        var chain = ChainVectors.Small;
        await using var server = await TemporaryPostgres.Start();
        await using var cluster = await TestCluster.Create(chain, await server.CreateDatabase("away") + timeouts);
        var started = await cluster.StartSilos(silos);
        var gateways = await cluster.StartGateways(2);
        await using var source = await TestPeer.Dial(gateways[0].Port(), new ChainScript([.. chain.Main.Take(Begun + 1)]));
        await using var witness = await TestPeer.Dial(gateways[1].Port());
        await witness.Expect<BlockMessage>(m => m.Block.Height == Begun);
        using var gateway = gateways[1].Api();
        var began = TimeProvider.System.GetTimestamp();
        var begin = await end(server.Process, cluster.Database);

        // The block that comes now is not told on: it is not stored.
        await source.Send(new BlockMessage(chain.Main[Begun + 1]));
        await Poll.Until(() => gateway.Says(
            "/api/v1/status",
            status => status.GetProperty("state").GetString() == "stalled"
                && status.GetProperty("reason").GetString() == "store_unwritable"));
        foreach (var silo in started)
        {
            using var api = silo.Api();
            await Poll.Until(async () => await api.Get("/health/ready") is (HttpStatusCode.ServiceUnavailable, var why)
                && why.Contains("store_unreachable", StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.OK, (await api.Get("/health/live")).Code);
        }

        await Poll.Until(() => Task.FromResult(TimeProvider.System.GetElapsedTime(began) >= atLeast));
        Assert.DoesNotContain(witness.Received, m => m.Message is BlockMessage { Block.Height: > Begun });
        await begin();

        // It goes on by itself; nobody was cut off, and no silo ended.
        await witness.Expect<BlockMessage>(m => m.Block.Height == Begun + 1);
        await source.Send(new BlockMessage(chain.Main[Begun + 2]));
        await witness.Expect<BlockMessage>(m => m.Block.Height == Begun + 2);
        foreach (var silo in started)
        {
            using var api = silo.Api();
            await Poll.Until(async () => (await api.Get("/health/ready")).Code == HttpStatusCode.OK);
        }

        Assert.False(source.IsClosed || witness.IsClosed);
        Assert.DoesNotContain(started, silo => silo.Process.HasExited);
        await cluster.VerifyStore(chain);
    }
}
