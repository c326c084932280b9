using System.Diagnostics;
using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Cluster.Tests.Figures;

/// <summary>How soon a block is at the other gateway's peers, and what peers cost in memory. By hand: docs/scaling.md says
/// how.</summary>
public class PeerFigures
{
    private const int Samples = 300, Peers = 2000, AtOnce = 20;

    [Fact(Explicit = true)]
    public async Task Latency_from_a_block_at_one_gateway_to_a_peer_of_the_other()
    {
        var chain = ChainVectors.Of("long1500");
        await using var cluster = await TestCluster.Create(chain);
        await cluster.StartSilos(3);
        var gateways = await cluster.StartGateways(2);
        await using var source = await TestPeer.Dial(gateways[0].Port());
        await using var witness = await TestPeer.Dial(gateways[1].Port());
        var times = new List<double>();
        for (var height = 1; height <= Samples; height++)
        {
            var sent = Stopwatch.GetTimestamp();
            await source.Send(new BlockMessage(chain.Main[height]));
            await witness.Expect<BlockMessage>(m => m.Block.Height == height);
            times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(30), TestContext.Current.CancellationToken);
        }

        var warm = times.Skip(Samples / 6).ToList();
        Figures.Say(
            $"block to the other gateway's peer: p50 {Figures.Quantile(warm, 0.5):F0} ms, p90 {Figures.Quantile(warm, 0.9):F0} ms, p99 {Figures.Quantile(warm, 0.99):F0} ms");
    }

    [Fact(Explicit = true)]
    public async Task Two_thousand_peers_over_two_gateways_and_what_one_costs_in_memory()
    {
        var chain = ChainVectors.Small;
        await using var cluster = await TestCluster.Create(chain, nodes: TestCluster.FullNode("main", maxInbound: 4000));
        var silo = await cluster.StartSilo();
        var gateways = await cluster.StartGateways(2);
        List<TestPeer> peers = [];
        await Connect(Peers / 2);
        var half = (Silo: Figures.Memory(silo.Process), Gateways: gateways.Sum(gateway => Figures.Memory(gateway.Process)));
        await Connect(Peers / 2);
        var all = (Silo: Figures.Memory(silo.Process), Gateways: gateways.Sum(gateway => Figures.Memory(gateway.Process)));
        Figures.Say($"a peer: {(all.Gateways - half.Gateways) / (Peers / 2):F1} KB in its gateway, {(all.Silo - half.Silo) / (Peers / 2):F1} KB in the silo");
        Figures.Say($"with {Peers} peers: gateways {all.Gateways / 1024:F0} MB together, silo {all.Silo / 1024:F0} MB");

        // One block to all of them.
        await using var source = await TestPeer.Dial(gateways[0].Port());
        var sent = Stopwatch.GetTimestamp();
        await source.Send(new BlockMessage(chain.Main[1]));
        await Task.WhenAll(peers.Select(peer => peer.Expect<BlockMessage>(m => m.Block.Height == 1)));
        Figures.Say($"a block is with all {Peers} peers after {Stopwatch.GetElapsedTime(sent).TotalMilliseconds:F0} ms");
        Assert.DoesNotContain(peers, peer => peer.IsClosed);
        foreach (var peer in peers)
            await peer.DisposeAsync();

        async Task Connect(int count)
        {
            for (var i = 0; i < count; i += AtOnce)
            {
                var some = Enumerable.Range(0, AtOnce).Select(n => TestPeer.Dial(gateways[n % 2].Port()));
                peers.AddRange(await Task.WhenAll(some));
            }

            await Task.WhenAll(peers.Select(peer => peer.Settle()));
        }
    }
}
