using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Effects;
using Chia.Grains.FullNode;
using Chia.Grains.Validation;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.FullNode;

/// <summary>
/// A store that takes nothing, a chain, validators or a sync that do not answer: nobody is blamed, no block is lost, no proof checked
/// twice, and all goes on by itself (CLUSTER 3).
/// </summary>
public class PostponedBlocksTests
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

    /// <summary>The chain was loaded anew, and has it (<c>LostAnswerTests</c>).</summary>
    [Fact]
    public async Task What_a_store_had_taken_without_saying_so_is_announced()
    {
        await using var scene = await FullNodeScene.Start(20);
        scene.Chain.Store.IsFull = true;
        Assert.Empty(await scene.Say(FullNodeScene.Node(), Block(20)));
        scene.Chain.Store.IsFull = false;
        Assert.True(await scene.Chain.TryStore());
        await scene.Store(20);
        AssertAnnounced(20, await scene.FullNode.Tick());
        Assert.Empty(await scene.FullNode.Tick());
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

    /// <summary>The activation that was superseded ends; the next one is asked again.</summary>
    [Fact]
    public async Task Another_writer_is_no_full_disk()
    {
        await using var scene = await FullNodeScene.Start(20);
        await scene.Chain.Store.TakeWriter(TestContext.Current.CancellationToken);

        Assert.Empty(await scene.Say(FullNodeScene.Node(), Block(20)));

        Assert.Null((await scene.Chain.GetSnapshot()).StoreFault);
    }

    [Theory]
    [InlineData(nameof(IBlockchainGrain.GetStanding))]
    [InlineData(nameof(IBlockchainGrain.Accept))]
    [InlineData(nameof(IValidators.CheckBlocks))]
    public async Task A_block_that_gets_no_answer_is_kept_and_asked_again(string call)
    {
        await using var scene = await FullNodeScene.Start(20);
        scene.Faults.Away.Add(call);
        Assert.Empty(await scene.Say(FullNodeScene.Node(), Block(20)));
        Assert.Empty(await scene.FullNode.Tick());
        Assert.Equal(FullNodeScene.Main.Hashes[19], (await scene.Chain.GetSnapshot()).Heaviest.HeaderHash);

        scene.Faults.Heal();
        AssertAnnounced(20, await scene.FullNode.Tick());

        Assert.Equal(FullNodeScene.Main.Hashes[20], (await scene.Chain.GetSnapshot()).Heaviest.HeaderHash);
        Assert.Equal(1, scene.ProofsOfTime);
        Assert.Empty(await scene.FullNode.Tick());
    }

    [Fact]
    public async Task All_that_came_meanwhile_is_handed_in_when_the_chain_answers_and_one_question_tells_that_it_does_not()
    {
        await using var scene = await FullNodeScene.Start(20);
        scene.Faults.Away.Add(nameof(IBlockchainGrain.GetStanding));
        for (var height = 20; height < 25; height++)
            Assert.Empty(await scene.Say(FullNodeScene.Node(), Block(height)));
        scene.Asked.Clear();
        Assert.Empty(await scene.FullNode.Tick());
        Assert.Equal([nameof(IBlockchainGrain.GetSnapshot)], scene.Asked);

        scene.Faults.Heal();
        AssertAnnounced(24, await scene.FullNode.Tick());
        Assert.Equal(FullNodeScene.Main.Hashes[24], (await scene.Chain.GetSnapshot()).Heaviest.HeaderHash);
    }

    [Fact]
    public async Task A_block_that_was_stored_after_all_is_announced()
    {
        await using var scene = await FullNodeScene.Start(20);
        scene.Faults.Unanswered.Add(nameof(IBlockchainGrain.Accept));
        Assert.Empty(await scene.Say(FullNodeScene.Node(), Block(20)));
        Assert.Equal(FullNodeScene.Main.Hashes[20], (await scene.Chain.GetSnapshot()).Heaviest.HeaderHash);

        scene.Faults.Heal();
        AssertAnnounced(20, await scene.FullNode.Tick());

        // Its children are at home.
        AssertAnnounced(21, await scene.Say(FullNodeScene.Node(), Block(21)));
        Assert.Empty(await scene.FullNode.Tick());
    }

    [Fact]
    public async Task What_was_done_before_an_answer_failed_is_told_all_the_same()
    {
        await using var scene = await FullNodeScene.Start(20);
        await scene.Say(FullNodeScene.Node(), Block(21));
        scene.Faults.Away.Add(nameof(IBlockchainGrain.GetStanding));
        scene.Faults.Spared = 1;
        AssertAnnounced(20, await scene.Say(FullNodeScene.Node(), Block(20)));

        scene.Faults.Heal();
        AssertAnnounced(21, await scene.FullNode.Tick());
    }

    [Fact]
    public async Task A_fault_of_ours_with_a_child_costs_no_announcement_of_its_parent()
    {
        await using var scene = await FullNodeScene.Start(20);
        await scene.Say(FullNodeScene.Node(), Block(21));
        scene.Faults.Broken.Add(nameof(IBlockchainGrain.GetStanding));
        scene.Faults.Spared = 1;
        AssertAnnounced(20, await scene.Say(FullNodeScene.Node(), Block(20)));
    }

    [Fact]
    public async Task A_fault_in_one_part_of_the_upkeep_costs_none_of_the_others()
    {
        await using var scene = await FullNodeScene.Start(20);
        await scene.Say(FullNodeScene.Node("silent"), Block(25));
        scene.Faults.Away.Add(nameof(IBlockchainGrain.Accept));
        await scene.Say(FullNodeScene.Node(), Block(20));
        scene.Faults.Heal();
        scene.Clock.Advance(TimeSpan.FromSeconds(6));

        // The sync hears of the block that was kept, and not of the one that nobody connects.
        scene.Faults.Broken.Add(nameof(ISyncGrain.Announced));
        scene.Faults.Spared = 1;
        AssertAnnounced(20, await scene.FullNode.Tick());
    }

    /// <summary>The chain had it all along, behind a commit that took longer than we wait: what we ask meanwhile is answered before it,
    /// and what we hand in again comes after.</summary>
    [Fact]
    public async Task A_block_whose_first_call_was_only_slow_is_announced()
    {
        await using var scene = await FullNodeScene.Start(20);
        scene.Faults.Away.Add(nameof(IBlockchainGrain.Accept));
        Assert.Empty(await scene.Say(FullNodeScene.Node(), Block(20)));
        scene.Faults.Heal();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Faults.Held[nameof(IBlockchainGrain.GetStanding)] = asked.Task;
        var tick = scene.FullNode.Tick();
        await scene.Store(20);
        asked.SetResult();
        AssertAnnounced(20, await tick);
        AssertAnnounced(21, await scene.Say(FullNodeScene.Node(), Block(21)));
    }

    [Fact]
    public async Task Whoever_gave_what_was_wanted_is_not_blamed_while_it_cannot_be_seen_to()
    {
        await using var scene = await FullNodeScene.Start(20);
        Assert.Single((await scene.Say(FullNodeScene.Node(), Block(21))).OfType<RoleEffect.Send>());
        scene.Faults.Away.Add(nameof(IBlockchainGrain.GetStanding));
        await scene.Say(FullNodeScene.Node(), Block(20));
        for (var i = 0; i < 10; i++)
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(2));
            Assert.Empty((await scene.FullNode.Tick()).OfType<RoleEffect.Penalise>());
        }

        scene.Faults.Heal();
        AssertAnnounced(21, await scene.FullNode.Tick());
    }

    [Fact]
    public async Task A_sync_that_does_not_answer_costs_no_block()
    {
        await using var scene = await FullNodeScene.Start(20);
        scene.Faults.Away.UnionWith([nameof(ISyncGrain.Announced), nameof(ISyncGrain.OwnTipChanged)]);
        AssertAnnounced(20, await scene.Say(FullNodeScene.Node(), Block(20)));
        Assert.Empty(await scene.FullNode.Tick());
    }

    [Fact]
    public async Task A_tip_for_a_sync_that_does_not_answer_is_told_to_it_later()
    {
        await using var scene = await FullNodeScene.Start(3);
        scene.Faults.Away.Add(nameof(ISyncGrain.Announced));
        scene.Asked.Clear();
        Assert.Empty(await scene.Say(FullNodeScene.Node(), Block(39)));
        Assert.Empty(await scene.FullNode.Tick());
        scene.Faults.Heal();
        Assert.Empty(await scene.FullNode.Tick());
        Assert.Equal(3, scene.Asked.Count(call => call == nameof(IBlockchainGrain.GetStanding)));
        Assert.Empty(await scene.FullNode.Tick());
        Assert.Equal(3, scene.Asked.Count(call => call == nameof(IBlockchainGrain.GetStanding)));
    }

    [Fact]
    public void Unchecked_blocks_make_room_and_never_take_it()
    {
        var blocks = new PostponedBlocks();
        for (var i = 0; i < 40; i++)
            blocks.Add(Postponed(i, isChecked: false));
        Assert.Equal(16, blocks.Count);
        for (var i = 100; i < 200; i++)
            blocks.Add(Postponed(i, isChecked: true));
        Assert.Equal(64, blocks.Count);
        blocks.Add(Postponed(300, isChecked: false, "other"));
        Assert.Equal(Enumerable.Range(136, 64).Select(Hash), blocks.TakeAll().Select(block => block.HeaderHash));
        Assert.Empty(blocks.TakeAll());

        blocks.Add(Postponed(1, isChecked: false));
        Assert.False(blocks.Contains(Hash(1)));
        blocks.Add(Postponed(1, isChecked: true, "other"));
        Assert.True(blocks.Contains(Hash(1)));
    }

    private static PostponedBlock Postponed(int number, bool isChecked, string from = "peer") =>
        new(
            FullNodeScene.Node(from), new BlockData(FullNodeScene.Main.Blocks[1]), Hash(number),
            isChecked ? new BlockVerdict(Hash(number), default) : null);

    private static Bytes32 Hash(int number)
    {
        var bytes = new byte[Bytes32.Size];
        BitConverter.TryWriteBytes(bytes, number);
        return new Bytes32(bytes);
    }

    private static void AssertAnnounced(int height, List<RoleEffect> effects) =>
        Assert.Contains(
            effects.OfType<RoleEffect.Broadcast>(),
            effect => effect.Message is BlockMessage { Block: var block } && block.HeaderHash() == FullNodeScene.Main.Hashes[height]);

    private static BlockMessage Block(int height) => new(FullNodeScene.Main.Blocks[height]);
}
