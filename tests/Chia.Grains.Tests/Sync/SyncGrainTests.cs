using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Grains.Tests.Sync;

/// <summary>The shell of the sync: whom it knows.</summary>
public sealed class SyncGrainTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Peers_that_the_directory_hears_of_later_are_learnt_as_well()
    {
        var chain = VectorChain.Load("small40");
        await using var host = await ChainHost.Start([]);
        var sync = host.Client.GetGrain<ISyncGrain>(NodeKey.Of(NodeName.Main));
        var directory = host.Client.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(NodeName.Main, Role.FullNode));

        // Both are new, as after the end of their silo: the directory knows nobody when the sync asks it, and nobody tells the sync.
        await sync.GetReport();
        var peer = TestPeers.Connection(Role.FullNode, Role.FullNode, "peer");
        await directory.Renew(peer.GatewayId, [peer]);

        // What a peer announces is heard only of a peer that is known.
        var since = TimeProvider.System.GetTimestamp();
        while ((await sync.GetReport()).TargetHeight != chain.Blocks[^1].Height)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, "the sync never learnt of the peer");
            await sync.Announced(peer.ConnectionId, new BlockData(chain.Blocks[^1]), TipKind.Disconnected);
        }
    }
}
