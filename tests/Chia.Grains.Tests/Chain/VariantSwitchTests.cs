using Chia.GrainInterfaces.Chain;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Grains.Tests.Chain;

/// <summary>
/// DECISIONS 1 on a network of the test tools: both variants of block 20 have children. The chain is real; the other branch is the same
/// blocks bound anew to the other variant, and their verdicts are given, since nobody but their farmer could sign them.
/// </summary>
public class VariantSwitchTests
{
    private const int Forked = 20;
    private static readonly VectorChain Main = Rebinding.Main;

    [Fact]
    public async Task The_heavier_branch_of_the_two_variants_wins_and_takes_the_block_along()
    {
        await using var host = await ChainHost.Start(Main.Blocks.Take(Forked + 4));
        var variant = Rebinding.OutputVariant(Forked);
        var branch = Branch(variant, 4);

        // As heavy as ours: the first variant wins.
        Assert.Equal(AcceptOutcome.ParentInOtherVariant, Assert.Single((await host.Chain.Accept(branch[..3])).Outcomes).Outcome);
        Assert.Equal(Main.Hashes[Forked + 3], (await host.Chain.GetSnapshot()).Heaviest.HeaderHash);

        var outcomes = (await host.Chain.Accept(branch)).Outcomes;
        Assert.Equal(4, outcomes.Length);
        Assert.All(outcomes, outcome => Assert.True(outcome.IsStored));
        Assert.Equal(branch[3].Block.Block.HeaderHash(), (await host.Chain.GetSnapshot()).Heaviest.HeaderHash);
        Assert.Equal(variant.ToBytes(), (await host.Chain.GetBlock(Main.Hashes[Forked]))!.Bytes.ToArray());
        Assert.Null(await host.Chain.GetInfo(Main.Hashes[Forked + 1]));
    }

    [Fact]
    public async Task A_variant_that_cannot_be_made_here_is_taken_from_the_blocks_that_bring_it()
    {
        await using var host = await ChainHost.Start(Main.Blocks.Take(Forked + 4));
        var variant = Rebinding.OtherProof(Forked);
        var branch = Branch(variant, 4);
        Assert.Equal(AcceptOutcome.ParentInOtherVariant, Assert.Single((await host.Chain.Accept(branch)).Outcomes).Outcome);

        // As a sync brings them, whose fork point was lowered: the block itself first.
        var outcomes = (await host.Chain.Accept([Submission(variant, Forked), .. branch])).Outcomes;
        Assert.Equal(
            [AcceptOutcome.AlreadyHave, .. Enumerable.Repeat(AcceptOutcome.AddedToHead, 4)], outcomes.Select(o => o.Outcome));
        Assert.Equal(variant.ToBytes(), (await host.Chain.GetBlock(Main.Hashes[Forked]))!.Bytes.ToArray());
    }

    private static BlockSubmission[] Branch(FullBlock parent, int count) =>
        [.. Rebinding.Branch(parent, Forked, count).Select((block, i) => Submission(block, Forked + 1 + i))];

    private static BlockSubmission Submission(FullBlock block, int height) => new(
        new BlockData(block),
        new BlockVerdict(block.HeaderHash(), Rebinding.QualityAt(height)));
}
