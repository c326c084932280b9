using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Cluster.Tests;

/// <summary>The smallest cluster: one silo and one gateway as processes, on PostgreSQL.</summary>
public class SmallClusterTests
{
    [Fact]
    public async Task A_chain_is_synced_through_a_gateway_and_kept()
    {
        var chain = ChainVectors.Small;
        await using var cluster = await TestCluster.Create(chain);
        var silo = await cluster.StartSilo();
        var gateway = await cluster.StartGateway();
        await using (var peer = await TestPeer.Dial(gateway.Port(), new ChainScript(chain.Main)))
        {
            await peer.Expect<BlockMessage>(m => m.Block.Height == chain.Main[^1].Height);
        }

        await gateway.Process.EndInOrder();
        await silo.Process.EndInOrder();
        await cluster.StartSilo();
        var again = await cluster.StartGateway();
        await using var asking = await TestPeer.Dial(again.Port());
        await asking.Expect<BlockMessage>(m => m.Block.Height == chain.Main[^1].Height);
    }
}
