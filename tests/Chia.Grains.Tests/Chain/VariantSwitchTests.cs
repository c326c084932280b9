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
    private static readonly VectorChain Main = VectorChain.Load("small40");

    [Fact]
    public async Task The_heavier_branch_of_the_two_variants_wins_and_takes_the_block_along()
    {
        await using var host = await ChainHost.Start(Main.Blocks.Take(Forked + 4));
        var block = Main.Blocks[Forked];
        var variant = WithOutputHash(block, block.HeaderBlock.ProofOfTime!.Output.Sha256());
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
        var block = Main.Blocks[Forked];
        var otherProof = block.HeaderBlock.ProofOfTime! with { Witness = ByteString.Adopt([1, 2, 3]) };
        var variant = WithOutputHash(
            block with { HeaderBlock = block.HeaderBlock with { ProofOfTime = otherProof } }, otherProof.Sha256());
        var branch = Branch(variant, 4);
        Assert.Equal(AcceptOutcome.ParentInOtherVariant, Assert.Single((await host.Chain.Accept(branch)).Outcomes).Outcome);

        // As a sync brings them, whose fork point was lowered: the block itself first.
        var outcomes = (await host.Chain.Accept([Submission(variant, Forked), .. branch])).Outcomes;
        Assert.Equal(
            [AcceptOutcome.AlreadyHave, .. Enumerable.Repeat(AcceptOutcome.AddedToHead, 4)], outcomes.Select(o => o.Outcome));
        Assert.Equal(variant.ToBytes(), (await host.Chain.GetBlock(Main.Hashes[Forked]))!.Bytes.ToArray());
    }

    private static BlockSubmission[] Branch(FullBlock parent, int count)
    {
        var branch = new List<BlockSubmission>();
        for (var i = 1; i <= count; i++)
        {
            parent = Rebind(Main.Blocks[Forked + i], parent);
            branch.Add(Submission(parent, Forked + i));
        }

        return [.. branch];
    }

    /// <summary>The block as a child of another parent whose challenge it answers.</summary>
    private static FullBlock Rebind(FullBlock block, FullBlock parent)
    {
        var posed = parent.HeaderBlock.Challenge!.Sha256();
        var header = block.HeaderBlock;
        var space = header.ProofOfSpace with { ChallengeHash = posed };
        return block with
        {
            HeaderBlock = header with
            {
                ProofOfSpace = space,
                ProofOfTime = header.ProofOfTime! with { ChallengeHash = posed },
                Challenge = header.Challenge! with { PrevChallengeHash = posed, ProofOfSpaceHash = space.Sha256() },
                Header = header.Header with
                {
                    Data = header.Header.Data with { PrevHeaderHash = parent.HeaderHash(), ProofOfSpaceHash = space.Sha256() },
                },
            },
        };
    }

    private static FullBlock WithOutputHash(FullBlock block, Bytes32 hash) =>
        block with
        {
            HeaderBlock = block.HeaderBlock with { Challenge = block.HeaderBlock.Challenge! with { ProofOfTimeOutputHash = hash } },
        };

    private static BlockSubmission Submission(FullBlock block, int height)
    {
        using var index = Vectors.Json("chains", "small40", "index.json");
        var quality = Bytes32.FromHex(index.RootElement.GetProperty("blocks")[height].GetProperty("quality").GetString()!);
        return new BlockSubmission(
            new BlockData(block), new BlockVerdict(block.HeaderHash(), block.HeaderBlock.Challenge!.Sha256(), quality));
    }
}
