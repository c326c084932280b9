using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Functional.Tests;

/// <summary>A few blocks behind: parents are asked for one by one; and a new block goes on to the others (SYNC.md 3).</summary>
public class NearSyncTests
{
    private static readonly ChainVectors Chain = ChainVectors.Small;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(18)]
    public async Task Blocks_ahead_are_fetched_by_their_hashes(int behind)
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main.Take(41 - behind));
        await using var node = await RunningNodes.Start(Chain, folder.Path);
        var script = new ChainScript(Chain.Main, announced: 1);
        await using var peer = await TestPeer.Dial(node.Port(), script);
        await using var witness = await TestPeer.Dial(node.Port());
        await witness.Expect<BlockMessage>(m => m.Block.Height == 40);
        Assert.Equal(Chain.Main.Skip(41 - behind).Take(behind - 1).Reverse().Select(b => b.HeaderHash()), script.HashesAsked);
        Assert.DoesNotContain(peer.Received, m => m.Message is RequestAllHeaderHashesMessage);
        Assert.Equal(Chain.Main[40].HeaderHash().ToString(), (await node.GetStatus()).Tip);
    }

    /// <summary>The lowest of the three tips is measured: 21 above it are 19 above the best.</summary>
    [Fact]
    public async Task From_21_above_the_lowest_tip_on_the_chain_is_fetched_by_its_heights()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main.Take(22));
        await using var node = await RunningNodes.Start(Chain, folder.Path);
        var script = new ChainScript(Chain.Main, announced: 1);
        await using var peer = await TestPeer.Dial(node.Port(), script);
        await peer.Expect<BlockMessage>(m => m.Block.Height == 40);
        Assert.Empty(script.HashesAsked);
        Assert.Equal(Enumerable.Range(22, 19).Select(h => (uint)h), script.BlocksAsked.Order());
    }

    /// <summary>Tips at 30, 29, 28: 40 is outside a window of 5, so that the sync has to take it.</summary>
    [Fact]
    public async Task A_lower_threshold_leaves_no_gap_between_near_sync_and_sync()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main.Take(31));
        await using var node = await RunningNodes.Start(Chain, folder.Path, options => options.SyncBlocksBehindThreshold = 5);
        var script = new ChainScript(Chain.Main, announced: 1);
        await using var peer = await TestPeer.Dial(node.Port(), script);
        await peer.Expect<BlockMessage>(m => m.Block.Height == 40);
        Assert.Empty(script.HashesAsked);
        Assert.Equal(Enumerable.Range(31, 10).Select(h => (uint)h), script.BlocksAsked.Order());
    }

    [Fact]
    public async Task A_new_block_goes_to_all_others()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main.Take(40));
        await using var node = await RunningNodes.Start(Chain, folder.Path);
        await using var sender = await TestPeer.Dial(node.Port());
        await using var second = await TestPeer.Dial(node.Port());
        await using var third = await TestPeer.Dial(node.Port());
        await second.Expect<BlockMessage>(m => m.Block.Height == 39);
        await third.Expect<BlockMessage>(m => m.Block.Height == 39);
        await sender.Send(new BlockMessage(Chain.Main[40]));
        Assert.Equal(Chain.Main[40], (await second.Expect<BlockMessage>(m => m.Block.Height == 40)).Block);
        Assert.Equal(Chain.Main[40], (await third.Expect<BlockMessage>(m => m.Block.Height == 40)).Block);

        // Neither does it come back, nor is it said twice.
        await second.Send(new BlockMessage(Chain.Main[40]));
        foreach (var peer in new[] { sender, second, third })
            await peer.Settle();
        Assert.DoesNotContain(sender.Received, m => m.Message is BlockMessage { Block.Height: 40 });
        Assert.Single(second.Received, m => m.Message is BlockMessage { Block.Height: 40 });
        Assert.Single(third.Received, m => m.Message is BlockMessage { Block.Height: 40 });
    }

    [Fact]
    public async Task All_tips_are_told_on_connect_after_a_restart_too()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, [.. Chain.Main, .. Chain.Branch]);
        await using var node = await RunningNodes.Start(Chain, folder.Path);
        await using var peer = await TestPeer.Dial(node.Port());
        await peer.Settle();
        using var index = new ChainIndexFile(Chain.Name);
        Assert.Equal(
            index.Tips.Select(t => t.HeaderHash).Order(),
            peer.Received.Select(m => m.Message).OfType<BlockMessage>().Select(m => m.Block.HeaderHash().ToString()).Order());
    }
}
