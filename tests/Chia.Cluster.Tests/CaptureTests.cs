using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Functional.Tests.Wire;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Cluster.Tests;

/// <summary>A cluster speaks as one process does: a captured reference node is answered through a gateway as by its own kind.</summary>
public class CaptureTests
{
    [Fact]
    public async Task A_reference_node_that_syncs_through_a_gateway_is_answered_as_by_its_own_kind()
    {
        var chain = ChainVectors.Small;
        var capture = Capture.Load("small40_sync");
        await using var cluster = await TestCluster.Create(chain);
        await cluster.StartSilos(3);
        var gateways = await cluster.StartGateways(2);
        await using var source = await TestPeer.Dial(gateways[0].Port(), new ChainScript(chain.Main));
        await source.Expect<BlockMessage>(m => m.Block.Height == chain.Main[^1].Height);

        await using var peer = await TestPeer.Dial(gateways[1].Port(), handshake: capture.Handshake("c2s"));
        foreach (var frame in capture.Messages("c2s"))
            await peer.SendRaw(frame.ToFrame());
        await peer.Settle();
        Assert.False(peer.IsClosed);

        // The reference had restarted: it knew one tip, we know all three, and a gateway tells them again if a broadcast of them is
        // late. Everything else is the same, in the same order.
        var captured = capture.Messages("s2c");
        var said = peer.Received.Where(m => m.Message is not PongMessage)
            .ToLookup(m => m.Message is BlockMessage, m => Convert.ToHexStringLower(m.Payload));
        Assert.Contains(captured[0].Hex, said[true].Take(3));
        Assert.Equal(captured.Skip(1).Select(frame => frame.Hex), said[false]);
    }
}
