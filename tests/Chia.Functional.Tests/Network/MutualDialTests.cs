using Chia.Functional.Tests.Support;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Testing;

namespace Chia.Functional.Tests.Network;

/// <summary>Two gateways dial each other at the same moment (PROTOCOL.md 4.4): one connection stays, at once, and nobody dials
/// again.</summary>
public class MutualDialTests
{
    [Fact]
    public async Task Two_gateways_that_dial_each_other_at_once_keep_one_connection()
    {
        using var folder = new TempFolder();
        await using var crossing = new Crossing();
        await using var one = await RunningNodes.Start(ChainVectors.Small, folder.Sub("one"), crossing.PortFor(0));
        await using var other = await RunningNodes.Start(ChainVectors.Small, folder.Sub("other"), crossing.PortFor(1));
        await crossing.Meet(one.Port(), other.Port());
        await Agree(one, other).Within("one connection, the same at both ends");
        Assert.True(crossing.IsQuiet);
    }

    /// <summary>One connection each, and the same.</summary>
    private static async Task Agree(RunningNode one, RunningNode other)
    {
        while (true)
        {
            if (await Connections(one) is [var ofOne] && await Connections(other) is [var ofOther]
                && ofOne.IsOutbound != ofOther.IsOutbound)
                return;
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static Task<PeerConnection[]> Connections(RunningNode node) =>
        node.Cluster.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(node.Settings.Name, Role.FullNode)).GetConnections()
            .Within("the connections");
}
