using Chia.Grains.Chain;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Outcomes;
using Chia.Testing;

namespace Chia.Grains.Tests.Chain;

/// <summary>A server that goes away in the middle of a commit may have carried it out: nothing is written on top of what it had before
/// (CLUSTER.md 3).</summary>
public class LostAnswerTests
{
    private static readonly VectorChain Main = VectorChain.Load("small40");

    private readonly ManualTime _clock = new();

    [Fact]
    public async Task The_chain_is_loaded_anew_with_what_the_store_had_taken_after_all()
    {
        RefusingStore? store = null;
        await using var host = await ChainHost.Start(Main.Blocks.Take(31), _clock, inner => store = new RefusingStore(inner));
        store!.IsMute = true;
        Assert.Empty(await host.Accept(Main.Blocks[31]));
        Assert.Equal(30u, (await host.Chain.GetSnapshot()).Heaviest.Height);
        store.IsMute = false;
        _clock.Advance(TimeSpan.FromSeconds(2));
        while (await host.Chain.GetSnapshot() is not { Heaviest.Height: 31, StoreFault: null })
            await Task.Yield();
        Assert.Equal(AcceptOutcome.AlreadyHave, Assert.Single(await host.Accept(Main.Blocks[31])).Outcome);
        Assert.Equal(AcceptOutcome.AddedToHead, Assert.Single(await host.Accept(Main.Blocks[32])).Outcome);
    }

    /// <summary>The tips of before, written over a heavier block, were a store that no node could load any more.</summary>
    [Fact]
    public async Task A_trial_of_the_store_leaves_it_as_it_is()
    {
        await using var scene = await FullNode.FullNodeScene.Start(20);
        scene.Chain.Store.IsMute = true;
        await scene.Store(20, isAnswered: false);
        scene.Chain.Store.IsMute = false;
        await Assert.ThrowsAsync<ChainOutdatedException>(scene.Chain.TryStore);
        var again = await CommittedChain.Open(
            TestNetworks.Of("small40"), scene.Chain.Store, scene.Proofs, _clock, TestContext.Current.CancellationToken);
        Assert.Equal(Main.Hashes[20], again.State.HeaviestTip!.HeaderHash);
    }

    [Fact]
    public async Task A_store_that_took_nothing_is_used_on()
    {
        await using var scene = await FullNode.FullNodeScene.Start(20);
        scene.Chain.Store.IsFull = true;
        await scene.Store(20, isAnswered: false);
        Assert.False(await scene.Chain.TryStore());
        scene.Chain.Store.IsFull = false;
        Assert.True(await scene.Chain.TryStore());
        await scene.Store(20);
    }
}
