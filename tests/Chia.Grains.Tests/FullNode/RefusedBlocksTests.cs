using Chia.Grains.Effects;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Storage.Errors;

namespace Chia.Grains.Tests.FullNode;

/// <summary>A store that takes nothing: nobody is blamed, the status can say it, and all goes on by itself when there is room.</summary>
public class RefusedBlocksTests
{
    [Fact]
    public async Task What_could_not_be_stored_is_stored_when_there_is_room_and_announced_then()
    {
        await using var scene = await FullNodeScene.Start(20);
        scene.Chain.Store.IsFull = true;
        for (var height = 20; height < 23; height++)
            Assert.Empty(await scene.Say(FullNodeScene.Node(), Block(height)));
        Assert.Contains("the disk is full", (await scene.Chain.GetSnapshot()).StoreFault, StringComparison.Ordinal);
        Assert.Empty((await scene.FullNode.Tick()).OfType<RoleEffect.Broadcast>());

        scene.Chain.Store.IsFull = false;
        Assert.True(await scene.Chain.TryStore());
        var effects = await scene.FullNode.Tick();

        var snapshot = await scene.Chain.GetSnapshot();
        Assert.Null(snapshot.StoreFault);
        Assert.Equal(FullNodeScene.Main.Hashes[22], snapshot.Heaviest.HeaderHash);
        Assert.Contains(effects.OfType<RoleEffect.Broadcast>(), b => b.To == Role.FullNode);
        Assert.Empty((await scene.FullNode.Tick()).OfType<RoleEffect.Broadcast>());
    }

    [Fact]
    public async Task A_store_known_to_be_full_is_left_alone_until_a_trial()
    {
        await using var scene = await FullNodeScene.Start(20);
        scene.Chain.Store.IsFull = true;
        await scene.Say(FullNodeScene.Node(), Block(20));
        var commits = scene.Chain.Store.Commits;

        for (var i = 0; i < 50; i++)
            await scene.Say(FullNodeScene.Node(), Block(20));

        Assert.Equal(commits, scene.Chain.Store.Commits);
        Assert.False(await scene.Chain.TryStore());
        Assert.NotNull((await scene.Chain.GetSnapshot()).StoreFault);
    }

    [Fact]
    public async Task More_than_are_kept_are_found_by_near_sync()
    {
        await using var scene = await FullNodeScene.Start(10);
        scene.Chain.Store.IsFull = true;
        await scene.Say(FullNodeScene.Node(), Block(10));
        scene.Chain.Store.IsFull = false;
        Assert.True(await scene.Chain.TryStore());
        await scene.FullNode.Tick();

        var request = Assert.IsType<RoleEffect.Send>(Assert.Single(await scene.Say(FullNodeScene.Node(), Block(12))));

        Assert.Equal(FullNodeScene.Main.Hashes[11], Assert.IsType<RequestBlockMessage>(request.Message).HeaderHash);
        Assert.Equal(FullNodeScene.Main.Hashes[10], (await scene.Chain.GetSnapshot()).Heaviest.HeaderHash);
    }

    [Fact]
    public async Task Another_writer_is_no_full_disk()
    {
        await using var scene = await FullNodeScene.Start(20);
        await scene.Chain.Store.TakeWriter(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<StaleWriterException>(() => scene.Say(FullNodeScene.Node(), Block(20)));

        Assert.Null((await scene.Chain.GetSnapshot()).StoreFault);
    }

    private static BlockMessage Block(int height) => new(FullNodeScene.Main.Blocks[height]);
}
