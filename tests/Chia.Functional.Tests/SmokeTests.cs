using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;

namespace Chia.Functional.Tests;

public class SmokeTests
{
    [Fact]
    public async Task A_node_syncs_from_a_test_peer()
    {
        using var folder = new TempFolder();
        var chain = VectorChain.Small;
        await using var node = await RunningNodes.Start(chain, folder.Path);
        await using var peer = await TestPeer.Dial(node.Port(), new ChainScript(chain.Main));
        await peer.Expect<BlockMessage>(m => m.Block.Height == 40);
    }
}
