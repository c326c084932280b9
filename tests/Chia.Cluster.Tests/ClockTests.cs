using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;
using Npgsql;

namespace Chia.Cluster.Tests;

/// <summary>Clocks of machines differ: what silos leave for each other in the database is by the database's own (CLUSTER 3).</summary>
public class ClockTests
{
    /// <summary>Left to its own clock, such a silo would be waited for an hour when all are killed at once.</summary>
    [Fact]
    public async Task A_silo_whose_clock_is_an_hour_ahead_works_and_is_not_waited_for_when_it_is_killed()
    {
        var chain = ChainVectors.Small;
        using var clock = FakeClock.Create();
        clock.Set(TimeSpan.FromHours(1));
        await using var cluster = await TestCluster.Create(chain);
        cluster.Environment = clock.Environment;
        var ahead = await cluster.StartSilo();
        cluster.Environment = [];
        var gateway = await cluster.StartGateway();
        await using var peer = await TestPeer.Dial(gateway.Port());
        await peer.Send(new BlockMessage(chain.Main[1]));
        await using var witness = await TestPeer.Dial(gateway.Port());
        await witness.Expect<BlockMessage>(m => m.Block.Height == 1);
        Assert.False(await LivesInTheFuture(cluster));

        await ahead.Process.KillHard();
        await cluster.StartSilo();
        await peer.Send(new BlockMessage(chain.Main[2]));
        await witness.Expect<BlockMessage>(m => m.Block.Height == 2);
    }

    private static async Task<bool> LivesInTheFuture(TestCluster cluster)
    {
        await using var source = NpgsqlDataSource.Create(cluster.Database);
        await using var question = source.CreateCommand("SELECT max(alive) > now() FROM chia_silo");
        return await question.ExecuteScalarAsync(TestContext.Current.CancellationToken) is true;
    }
}
