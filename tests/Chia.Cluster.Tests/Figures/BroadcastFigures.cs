using System.Diagnostics;
using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Cluster.Tests.Figures;

/// <summary>How long broadcasts stand still when two processes of a cluster die at once (CLUSTER 3). By hand: docs/scaling.md says
/// how.</summary>
public class BroadcastFigures
{
    /// <summary>Blocks before and after a pair dies.</summary>
    private const int Begun = 5, After = 8;

    /// <summary>Of what a peer sends meanwhile: a second, as a network of short blocks has them.</summary>
    private static readonly TimeSpan BetweenBlocks = TimeSpan.FromSeconds(1);

    [Theory(Explicit = true)]
    [InlineData("nothing")]
    [InlineData("gateway")]
    [InlineData("chain")]
    [InlineData("chain", "gateway")]
    [InlineData("pubsub", "gateway")]
    [InlineData("other", "gateway")]
    [InlineData("chain", "other")]
    [InlineData("gateway", "gateway")]
    public async Task Broadcasts_go_on_when_two_processes_die_at_once(params string[] dying)
    {
        var chain = ChainVectors.Of("long1500");
        await using var cluster = await TestCluster.Create(chain);
        await cluster.StartSilos(3);
        var gateways = await cluster.StartGateways(3);
        await using var client = await ClusterClient.Connect(cluster);
        await using var source = await TestPeer.Dial(gateways[0].Port(), new ChainScript([.. chain.Main.Take(Begun + 1)]));
        await using var witness = await TestPeer.Dial(gateways[0].Port());
        await using var others = new Others([await TestPeer.Dial(gateways[1].Port()), await TestPeer.Dial(gateways[2].Port())]);
        await witness.Expect<BlockMessage>(m => m.Block.Height == Begun);
        for (var height = Begun + 1; height < Begun + 3; height++)
        {
            await source.Send(new BlockMessage(chain.Main[height]));
            await witness.Expect<BlockMessage>(m => m.Block.Height == height);
        }

        var (home, pubSub) = (await client.HomeOfTheChain(cluster), await client.HomeOfSubscriptions(cluster));
        var spare = new Queue<GatewayProcess>(gateways.Skip(1));
        List<ChiaProcess> killed = [];
        foreach (var kind in dying)
        {
            switch (kind)
            {
                case "chain":
                    killed.Add(home.Process);
                    break;
                case "pubsub":
                    killed.Add(pubSub.Process);
                    break;
                case "other":
                    killed.Add(cluster.Silos.First(silo => silo != home && silo != pubSub).Process);
                    break;
                case "gateway":
                    killed.Add(spare.Dequeue().Process);
                    break;
            }
        }

        var struck = Stopwatch.GetTimestamp();
        await Task.WhenAll(killed.Select(process => process.KillHard()));
        var times = new List<double>();
        for (var height = Begun + 3; height < Begun + 3 + After; height++)
        {
            var sent = Stopwatch.GetTimestamp();
            await source.Send(new BlockMessage(chain.Main[height]));
            await witness.Expect<BlockMessage>(m => m.Block.Height >= height, TimeSpan.FromMinutes(5));
            times.Add(Stopwatch.GetElapsedTime(sent).TotalSeconds);
            await Task.Delay(BetweenBlocks, TestContext.Current.CancellationToken);
        }

        var all = string.Join(", ", times.Select(t => FormattableString.Invariant($"{t:F1}")));
        var within = Stopwatch.GetElapsedTime(struck).TotalSeconds;
        var subscriptions = await cluster.CountSubscriptions();
        Figures.Say($"{string.Join(" and ", dying)}: blocks after {all} s; all within {within:F0} s; subscriptions {subscriptions}");
    }

    private sealed class Others(TestPeer[] peers) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var peer in peers)
                await peer.DisposeAsync();
        }
    }
}
