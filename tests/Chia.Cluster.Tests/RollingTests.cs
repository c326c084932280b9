using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Cluster.Tests;

/// <summary>Peers stay connected, whatever becomes of the silos (CLUSTER 5).</summary>
public class RollingTests
{
    private const int Peers = 100;

    [Fact]
    public async Task All_silos_are_rolled_and_no_peer_loses_its_connection()
    {
        var chain = ChainVectors.Small;
        await using var cluster = await TestCluster.Create(chain);
        await cluster.StartSilos(3);
        var gateway = await cluster.StartGateway();
        var peers = new List<TestPeer>();
        foreach (var some in Enumerable.Range(0, Peers).Chunk(20))
            peers.AddRange(await Task.WhenAll(some.Select(_ => TestPeer.Dial(gateway.Port()))));
        await using var source = await TestPeer.Dial(gateway.Port(), new ChainScript([.. chain.Main.Take(31)]));
        await peers[0].Expect<BlockMessage>(m => m.Block.Height == 30);

        foreach (var silo in cluster.Silos.ToList())
        {
            await silo.Process.EndInOrder();
            await cluster.StartSilo();
        }

        // Nobody was cut off, and what comes now reaches everybody.
        await Task.WhenAll(peers.Select(peer => peer.Settle()));
        Assert.DoesNotContain(peers, peer => peer.IsClosed);
        foreach (var block in chain.Main.Skip(31).Take(5))
            await source.Send(new BlockMessage(block));
        await Task.WhenAll(peers.Select(peer => peer.Expect<BlockMessage>(m => m.Block.Height == 35)));
        Assert.False(source.IsClosed);
        foreach (var peer in peers)
            await peer.DisposeAsync();
    }

    [Fact]
    public async Task All_silos_are_killed_at_once_and_started_again_under_the_same_id()
    {
        var chain = ChainVectors.Small;
        await using var cluster = await TestCluster.Create(chain);
        await cluster.StartSilos(2);
        var gateway = await cluster.StartGateway();
        await using var peer = await TestPeer.Dial(gateway.Port(), new ChainScript(chain.Main));
        await peer.Expect<BlockMessage>(m => m.Block.Height == chain.Main[^1].Height);
        await Task.WhenAll(cluster.Silos.Select(silo => silo.Process.KillHard()));
        await cluster.StartSilos(2);

        // The same peer, over the same connection, is told the tips again; and a new one sees the whole chain.
        await peer.Settle();
        await using var other = await TestPeer.Dial(gateway.Port());
        await other.Expect<BlockMessage>(m => m.Block.Height == chain.Main[^1].Height);
        Assert.False(peer.IsClosed);
    }
}
