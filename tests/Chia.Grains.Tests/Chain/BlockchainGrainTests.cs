using System.Runtime.InteropServices;
using Chia.GrainInterfaces.Chain;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Grains.Tests.Chain;

/// <summary>The chain as the other grains see it, in a silo and over a real store.</summary>
public class BlockchainGrainTests
{
    private static readonly VectorChain Main = VectorChain.Load("small40");
    private static readonly VectorChain Fork = VectorChain.Load("small40", fork: true);

    [Fact]
    public async Task A_new_node_has_genesis()
    {
        await using var host = await ChainHost.Start([]);
        var snapshot = await host.Chain.GetSnapshot();
        Assert.Equal(Main.Hashes[0], Assert.Single(snapshot.Tips).HeaderHash);
        Assert.Equal(1, snapshot.Blocks);
        Assert.Equal(Main.Hashes[0], snapshot.Lca.HeaderHash);
    }

    [Fact]
    public async Task Blocks_are_told_apart_by_what_becomes_of_them()
    {
        await using var host = await ChainHost.Start(Main.Blocks);
        Assert.Equal(AcceptOutcome.AlreadyHave, (await host.Accept(Main.Blocks[20]))[0].Outcome);
        Assert.Equal(AcceptOutcome.Disconnected, (await host.Accept(Fork.Blocks[32]))[0].Outcome);
        Assert.Equal(AcceptOutcome.AddedAsOrphan, (await host.Accept(Fork.Blocks[31]))[0].Outcome);

        // The answers end with the first block that is not stored.
        var challenge = Fork.Blocks[33].HeaderBlock.Challenge!;
        var claimed = Fork.Blocks[33].HeaderBlock with { Challenge = challenge with { TotalWeight = 10_000 } };
        var heavy = Fork.Blocks[33] with { HeaderBlock = claimed };
        var outcomes = await host.Accept(Fork.Blocks[32], heavy, Fork.Blocks[34]);
        Assert.Equal([AcceptOutcome.AddedAsOrphan, AcceptOutcome.Invalid], outcomes.Select(o => o.Outcome));
        Assert.Equal(ConsensusRule.TotalWeight, outcomes[1].Rule);
        Assert.Equal(AcceptOutcome.AddedToHead, (await host.Accept([.. Fork.Blocks.Skip(33)]))[^1].Outcome);
        Assert.Equal(Fork.TipHash, (await host.Chain.GetSnapshot()).Heaviest.HeaderHash);
    }

    [Fact]
    public async Task Hash_lists_and_ranges_follow_the_branch_that_is_named()
    {
        await using var host = await ChainHost.Start([.. Main.Blocks, .. Fork.Blocks.Skip(31)]);
        Assert.Equal(Main.Hashes, Hashes(await host.Chain.GetHeaderHashes(Main.TipHash, 0, int.MaxValue)));
        Assert.Equal(Fork.Hashes[29..], Hashes(await host.Chain.GetHeaderHashes(Fork.TipHash, 29, 1000)));
        Assert.Equal(Main.Hashes[7..21], Hashes(await host.Chain.GetHeaderHashes(Main.Hashes[20], 7, 14)));
        Assert.Empty((await host.Chain.GetHeaderHashes(Main.Hashes[20], 21, 1))!);
        Assert.Null(await host.Chain.GetHeaderHashes(default, 0, 1));

        var answer = await host.Chain.GetBlocks(Fork.TipHash, [35, 2, 35]);
        Assert.Equal(RangeOutcome.Found, answer.Outcome);
        Assert.Equal(
            new[] { 35, 2, 35 }.Select(h => Convert.ToHexString(Fork.Blocks[h].ToBytes())), answer.Items.Select(Convert.ToHexString));
        Assert.Equal(Main.Blocks[35].HeaderBlock.ToBytes(), (await host.Chain.GetHeaderBlocks(Main.TipHash, [35])).Items[0]);
        Assert.Equal(RangeOutcome.AboveTip, (await host.Chain.GetBlocks(Main.TipHash, [41])).Outcome);
        Assert.Equal(RangeOutcome.UnknownTip, (await host.Chain.GetBlocks(default, [1])).Outcome);
    }

    [Theory]
    [InlineData(0, 43, 30)]
    [InlineData(25, 10, 30)]
    [InlineData(30, 5, 30)]
    [InlineData(31, 5, -1)]
    public async Task The_fork_point_is_the_last_height_of_agreement(int first, int count, long expected)
    {
        await using var host = await ChainHost.Start(Main.Blocks);
        var list = MemoryMarshal.AsBytes<Bytes32>(Fork.Hashes.AsSpan(first, Math.Min(count, Fork.Hashes.Length - first))).ToArray();
        Assert.Equal(expected, (await host.Chain.FindForkPoint((uint)first, list)).Height);
    }

    [Fact]
    public async Task Standing_and_places()
    {
        await using var host = await ChainHost.Start(Main.Blocks.Take(40));
        var next = await host.Chain.GetStanding(Main.Hashes[40], Main.Hashes[39]);
        Assert.Equal((false, 39u, 37u, 200ul), (next.Stored, next.Parent!.Height, next.LowestTipHeight, next.HeaviestWeight));
        var old = await host.Chain.GetStanding(Main.Hashes[3], Main.Hashes[2]);
        Assert.True(old.Stored);
        Assert.Null((await host.Chain.GetStanding(Fork.Hashes[42], Fork.Hashes[41])).Parent);
        Assert.Equal([12u, 11, 10], (await host.Chain.GetBranch(Main.Hashes[12], 3)).Select(b => b.Height));
        Assert.Equal(2, (await host.Chain.GetBranch(Main.Hashes[1], 10)).Length);
        Assert.Equal(Main.Blocks[9], (await host.Chain.GetBlock(Main.Hashes[9]))!.Block);
        Assert.Null(await host.Chain.GetBlock(Main.Hashes[40]));
    }

    [Fact]
    public async Task An_unfinished_block_is_told_the_iterations_that_its_finished_form_has()
    {
        await using var host = await ChainHost.Start(Main.Blocks.Take(40));
        var finished = Main.Blocks[40];
        var unfinished = finished with { HeaderBlock = finished.HeaderBlock with { ProofOfTime = null, Challenge = null } };
        var data = new BlockData(unfinished);
        var verdict = (await host.Validators.CheckBlocks(GrainInterfaces.Validation.CheckKind.Unfinished, [data], isUrgent: true))[0];
        var standing = await host.Chain.CheckUnfinished(new BlockSubmission(data, verdict));
        Assert.Null(standing.Rule);
        Assert.True(standing.IsParentTip);
        Assert.Equal(finished.HeaderBlock.ProofOfTime!.NumberOfIterations, standing.Iterations);
        Assert.Equal(5ul, standing.Difficulty);
    }

    private static Bytes32[] Hashes(byte[]? bytes) => MemoryMarshal.Cast<byte, Bytes32>(bytes).ToArray();
}
