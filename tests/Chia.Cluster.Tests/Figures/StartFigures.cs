using System.Diagnostics;
using Chia.Cluster.Tests.Support;
using Chia.Protocol.Primitives;
using Chia.Silo.Bench.Chains;
using Chia.Silo.Networks;
using Chia.Storage;
using Chia.Storage.Providers;
using Chia.Testing;

namespace Chia.Cluster.Tests.Figures;

/// <summary>What a chain of a million blocks costs a silo that takes it over: time until it answers, and memory. By hand: docs/scaling.md
/// says how.</summary>
public class StartFigures
{
    private const int Blocks = 1_000_000, Starts = 2;

    [Fact(Explicit = true)]
    public async Task A_silo_takes_over_a_chain_of_a_million_blocks()
    {
        await using var cluster = await TestCluster.Create(ChainVectors.Small);
        var network = NetworkFile.Resolve(ChainVectors.Small.NetworkFile);
        var filling = Stopwatch.GetTimestamp();
        await using (var place = BlockStorePlace.At(cluster.Database))
        await using (var store = await place.Open(NodeName.Main, StoreIdentity.Of(network), TestContext.Current.CancellationToken))
            await SyntheticStore.Fill(store, network, Blocks, TestContext.Current.CancellationToken);
        Figures.Say($"{Blocks:N0} blocks written to PostgreSQL in {Stopwatch.GetElapsedTime(filling).TotalSeconds:F0} s");
        for (var start = 1; start <= Starts; start++)
        {
            // With no roles but these it is given the chain at the first call; nobody calls before it is ready.
            var silo = await cluster.StartSilo();
            var before = Figures.Memory(silo.Process);
            await using var client = await ClusterClient.Connect(cluster);
            var began = Stopwatch.GetTimestamp();
            var chain = await Answer(client);
            var after = Stopwatch.GetElapsedTime(began).TotalSeconds;
            Assert.Equal(Blocks - 1, (int)chain.Heaviest.Height);
            var grown = Figures.Memory(silo.Process) - before;
            Figures.Say($"start {start}: the chain answers after {after:F1} s; silo {before / 1024:F0} MB, and {grown / 1024:F0} MB more");
            await silo.Process.KillHard();
            cluster.Silos.Remove(silo);
        }
    }

    /// <summary>A first call may be over before the index is read: the next ones wait as well.</summary>
    private static async Task<GrainInterfaces.Chain.ChainSnapshot> Answer(ClusterClient client)
    {
        while (true)
        {
            try
            {
                return await client.Chain.GetSnapshot();
            }
            catch (TimeoutException)
            {
                // It still reads.
            }
        }
    }
}
