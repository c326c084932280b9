using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Testing;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Grains.Tests.FullNode;

/// <summary>A full node without a network around it.</summary>
public class FullNodeGrainTests
{
    private static readonly VectorChain Main = VectorChain.Load("small40");
    private static readonly VectorChain Fork = VectorChain.Load("small40", fork: true);

    /// <summary>The lowest tip is μ = 38: near-sync reaches down to 35 (SYNC.md 3.3).</summary>
    [Theory]
    [InlineData(35, true)]
    [InlineData(34, false)]
    public async Task Near_sync_reaches_three_below_the_lowest_tip(int height, bool asked)
    {
        await using var host = await ChainHost.Start(Main.Blocks);
        var peer = await Greeted(host);
        await peer.Say(new BlockMessage(Fork.Blocks[height]));
        Assert.Equal(asked ? [Fork.Hashes[height - 1]] : [], peer.Unheard().OfType<RequestBlockMessage>().Select(m => m.HeaderHash));
    }

    /// <summary>The lowest tip is μ = 17: 37 is 20 above it, 38 is for a full sync.</summary>
    [Theory]
    [InlineData(37, true)]
    [InlineData(38, false)]
    public async Task Near_sync_reaches_twenty_above_the_lowest_tip(int height, bool asked)
    {
        await using var host = await ChainHost.Start(Main.Blocks.Take(20));
        var peer = await Greeted(host);
        await peer.Say(new BlockMessage(Main.Blocks[height]));
        if (asked)
            Assert.Equal(Main.Hashes[height - 1], (await peer.Hear<RequestBlockMessage>()).HeaderHash);
        else
            Assert.Equal(Main.Hashes[height], (await peer.Hear<RequestAllHeaderHashesMessage>()).TipHeaderHash);
    }

    [Fact]
    public async Task Blocks_in_reverse_are_connected_when_the_first_parent_comes()
    {
        await using var host = await ChainHost.Start(Main.Blocks.Take(38));
        var peer = await Greeted(host);
        await peer.Say(new BlockMessage(Main.Blocks[40]));
        Assert.Equal(Main.Hashes[39], (await peer.Hear<RequestBlockMessage>()).HeaderHash);
        await peer.Say(new BlockMessage(Main.Blocks[39]));
        Assert.Equal(Main.Hashes[38], (await peer.Hear<RequestBlockMessage>()).HeaderHash);
        await peer.Say(new BlockMessage(Main.Blocks[38]));
        Assert.Empty(peer.Unheard());
        Assert.Equal(Main.TipHash, (await host.Chain.GetSnapshot()).Heaviest.HeaderHash);
    }

    [Fact]
    public async Task Two_children_of_an_unknown_parent_both_come_in()
    {
        await using var host = await ChainHost.Start([.. Main.Blocks.Take(30)]);
        var peer = await Greeted(host);
        await peer.Say(new BlockMessage(Main.Blocks[31]));
        await peer.Say(new BlockMessage(Fork.Blocks[31]));
        Assert.Equal(Main.Hashes[30], (await peer.Hear<RequestBlockMessage>()).HeaderHash);
        Assert.Empty(peer.Unheard());
        await peer.Say(new BlockMessage(Main.Blocks[30]));
        Assert.NotNull(await host.Chain.GetInfo(Main.Hashes[31]));
        Assert.NotNull(await host.Chain.GetInfo(Fork.Hashes[31]));
    }

    [Fact]
    public async Task An_invalid_block_costs_its_sender_and_an_altered_copy_less()
    {
        await using var host = await ChainHost.Start(Main.Blocks.Take(40));
        var copier = await Greeted(host, "copier");
        var good = Main.Blocks[40];
        var altered = good with { Body = good.Body with { Cost = good.Body.Cost + 1 } };
        await copier.Say(new BlockMessage(altered));
        Assert.Null(copier.Closed);
        var liar = await Greeted(host, "liar");
        var header = good.HeaderBlock.Header;
        var later = header with { Data = header.Data with { Timestamp = header.Data.Timestamp + 1 } };
        var forged = good with { HeaderBlock = good.HeaderBlock with { Header = later } };
        await liar.Say(new BlockMessage(forged));
        Assert.NotNull(liar.Closed);

        // The altered copy has done no harm: the real block is taken.
        await copier.Say(new BlockMessage(good));
        Assert.Equal(Main.TipHash, (await host.Chain.GetSnapshot()).Heaviest.HeaderHash);
    }

    [Fact]
    public async Task An_unfinished_block_that_comes_before_its_parent_is_taken_when_it_comes_again()
    {
        await using var host = await ChainHost.Start(Main.Blocks.Take(39));
        var peer = await Greeted(host);
        var timelord = await TestLink.Open(host.Roles, Role.FullNode, Role.Timelord, "timelord");
        timelord.Unheard();
        var admitted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var audience = NodeKey.OfBroadcast(NodeName.Main, Role.FullNode, Role.Timelord);
        await host.Roles.Client.GetStreamProvider(BroadcastStreams.Provider)
            .GetStream<BroadcastItem>(StreamId.Create(BroadcastStreams.Namespace, audience))
            .SubscribeAsync((item, _) =>
            {
                if (item.Function == ProofOfSpaceInfoMessage.Name)
                    admitted.TrySetResult();
                return Task.CompletedTask;
            });
        var unfinished = new UnfinishedBlockMessage(Unfinish(Main.Blocks[40]));
        await peer.Say(unfinished);
        await peer.Say(new BlockMessage(Main.Blocks[39]));
        await peer.Say(unfinished);
        await peer.Say(unfinished);
        Assert.Null(peer.Closed);

        // Whichever of them it is that is taken, the others wait for nothing.
        await admitted.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        // Its proof of time completes it to the very block.
        await timelord.Say(new ProofOfTimeFinishedMessage(Main.Blocks[40].HeaderBlock.ProofOfTime! with { WitnessType = 3 }));
        Assert.Equal(Main.Hashes[40], (await host.Chain.GetSnapshot()).Heaviest.HeaderHash);
    }

    private static FullBlock Unfinish(FullBlock block) =>
        block with { HeaderBlock = block.HeaderBlock with { ProofOfTime = null, Challenge = null } };

    private static async Task<TestLink> Greeted(ChainHost host, string id = "peer")
    {
        var link = await TestLink.Open(host.Roles, Role.FullNode, Role.FullNode, id);
        Assert.All(link.Unheard(), m => Assert.IsType<BlockMessage>(m));
        return link;
    }
}
