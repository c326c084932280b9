using Chia.Cluster.Tests.Figures;
using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Cluster.Tests;

/// <summary>Several gateways of one node are one node to its peers, and one that dies is done without (CLUSTER 5).</summary>
public class GatewayTests
{
    /// <summary>Of six places two are kept for other roles.</summary>
    private const int MaxInbound = 6, PlacesForNodes = 4;

    [Fact]
    public async Task Gateways_share_node_id_places_bans_and_whom_they_dial()
    {
        var chain = ChainVectors.Small;
        await using var listener = new TestListener(new ChainScript([.. chain.Main.Take(31)]));
        await using var cluster = await TestCluster.Create(
            chain, nodes: TestCluster.FullNode("main", $", connect: '127.0.0.1:{listener.Port}'", MaxInbound));
        await cluster.StartSilo();
        var (one, other) = await cluster.StartGateways(2) is [var a, var b] ? (a, b) : throw new InvalidOperationException();
        var dialled = await listener.Accepted();

        // The places are those of the node: whoever comes to the other gateway has his share of them.
        List<TestPeer> peers = [];
        for (var i = 0; i < PlacesForNodes; i++)
            peers.Add(await TestPeer.Dial(one.Port()));
        for (var i = 0; i < PlacesForNodes; i++)
            peers.Add(await TestPeer.Dial(other.Port()));
        await Poll.Until(() => Task.FromResult(peers.Count(peer => !peer.IsClosed) <= PlacesForNodes));
        Assert.Contains(peers.Take(PlacesForNodes), peer => !peer.IsClosed);
        Assert.Contains(peers.Skip(PlacesForNodes), peer => !peer.IsClosed);
        Assert.Single(peers.Append(dialled).Select(peer => peer.Node.NodeId).Distinct());

        // Who breaks the protocol is kept out by both.
        var liar = TestIdentity.Frame();
        await using var lying = await TestPeer.Dial(one.Port(), handshake: liar);
        await lying.SendRaw(new byte[] { 0, 0, 0, 1, 0xff });
        await lying.Closed.Within("the end of a connection that breaks the protocol");
        await Assert.ThrowsAnyAsync<Exception>(() => TestPeer.Dial(other.Port(), handshake: liar));

        // One of them keeps the configured peer.
        using var api = one.Api();
        var connections = (await api.Json("/api/v1/peers")).GetProperty("peers").EnumerateArray()
            .Where(peer => peer.GetProperty("direction").GetString() == "outbound").ToList();
        Assert.Single(connections);
        foreach (var peer in peers)
            await peer.DisposeAsync();
    }

    [Fact]
    public async Task Peers_of_a_gateway_that_is_killed_come_back_through_the_other_and_the_rest_miss_nothing()
    {
        const uint Begun = 30, Last = 34, End = 37;
        var chain = ChainVectors.Small;
        await using var listener = new TestListener(new PeerScript());
        await using var cluster = await TestCluster.Create(
            chain, nodes: TestCluster.FullNode("main", $", connect: '127.0.0.1:{listener.Port}'"));
        await cluster.StartSilos(2);
        var dying = await cluster.StartGateway();
        var dialled = await listener.Accepted();
        var staying = await cluster.StartGateway();
        await using var source = await TestPeer.Dial(staying.Port(), new ChainScript([.. chain.Main.Take((int)Begun + 1)]));
        var rest = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => TestPeer.Dial(staying.Port())));
        var identities = Enumerable.Range(0, 5).Select(_ => TestIdentity.Frame()).ToArray();
        var cutOff = await Task.WhenAll(identities.Select(identity => TestPeer.Dial(dying.Port(), handshake: identity)));
        await Task.WhenAll(rest.Concat(cutOff).Select(peer => peer.Expect<BlockMessage>(m => m.Block.Height == Begun)));

        // Blocks come before the gateway dies, while nobody has noticed, and when its peers are back.
        await Tell(Begun + 1);
        await dying.Process.KillHard();
        await Tell(Begun + 2);
        var back = await Task.WhenAll(identities.Select(identity => TestIdentity.DialUntilTaken(staying.Port(), identity)));
        Assert.Equal(dialled.Node.NodeId, (await listener.Accepted()).Node.NodeId);
        for (var height = Begun + 3; height <= Last; height++)
            await Tell(height);
        foreach (var peer in rest)
        {
            for (var height = Begun + 1; height <= Last; height++)
                await peer.Expect<BlockMessage>(m => m.Block.Height == height);
        }

        await Task.WhenAll(back.Select(peer => peer.Expect<BlockMessage>(m => m.Block.Height == Last)));

        // What it held is forgotten, and what it subscribed to as well.
        using var api = staying.Api();
        await Poll.Until(() => api.Says("/api/v1/cluster", answer => answer.GetProperty("gateways").GetArrayLength() == 1));
        Assert.All(rest.Concat(back), peer => Assert.False(peer.IsClosed));
        await Poll.Until(async () => await cluster.CountSubscriptions() == TestCluster.SubscriptionsOfAGateway);

        // A gateway dies together with the silo of the chain, and so of all that publishes: nobody waits for those who hear no more.
        var another = await cluster.StartGateway();
        await using var client = await ClusterClient.Connect(cluster);
        await Poll.Until(async () => await cluster.CountSubscriptions() == 2 * TestCluster.SubscriptionsOfAGateway);
        var home = await client.HomeOfTheChain(cluster);
        await Task.WhenAll(another.Process.KillHard(), home.Process.KillHard());
        for (var height = Last + 1; height <= End; height++)
        {
            await Tell(height);
            await Task.WhenAll(rest.Concat(back).Select(peer => peer.Expect<BlockMessage>(m => m.Block.Height == height)));
        }

        foreach (var peer in rest.Concat(cutOff).Concat(back))
            await peer.DisposeAsync();

        Task Tell(uint height) => source.Send(new BlockMessage(chain.Main[(int)height]));
    }
}
