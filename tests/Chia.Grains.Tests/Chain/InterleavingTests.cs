using Chia.GrainInterfaces.Chain;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Outcomes;
using Chia.Testing;

namespace Chia.Grains.Tests.Chain;

/// <summary>Questions to the chain are answered while blocks wait for their commit, and never see half of a batch.</summary>
public class InterleavingTests
{
    private static readonly VectorChain Main = VectorChain.Load("small40");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_that_waits_for_its_commit_keeps_no_question_waiting_and_is_not_seen_yet(bool isWritten)
    {
        HeldStore? held = null;
        await using var host = await ChainHost.Start(Main.Blocks.Take(31), wrap: store => (held = HeldStore.Around(store)).Store);
        var (before, waiting) = (await Look(host.Chain), new Gate());
        Assert.Equal(new Sight(30, 31, false, false, RangeOutcome.UnknownTip, 30), before);
        held!.BeforeCommit = isWritten ? null : waiting;
        held.AfterCommit = isWritten ? waiting : null;

        var accepting = host.Accept(Main.Blocks[31], Main.Blocks[32]);
        await waiting.Came;
        Assert.Equal(before, await Look(host.Chain));
        Assert.False(accepting.IsCompleted);

        waiting.Open();
        Assert.All(await accepting, outcome => Assert.Equal(AcceptOutcome.AddedToHead, outcome.Outcome));
        Assert.Equal(new Sight(32, 33, true, true, RangeOutcome.Found, 32), await Look(host.Chain));
    }

    [Fact]
    public async Task Batches_wait_for_each_other()
    {
        HeldStore? held = null;
        await using var host = await ChainHost.Start(Main.Blocks.Take(31), wrap: store => (held = HeldStore.Around(store)).Store);
        var first = new Gate();
        held!.BeforeCommit = first;
        var accepting = host.Accept(Main.Blocks[31]);
        await first.Came;
        var next = host.Accept(Main.Blocks[32]);
        await Look(host.Chain);
        Assert.False(next.IsCompleted);
        first.Open();
        Assert.Equal(AcceptOutcome.AddedToHead, (await accepting)[0].Outcome);
        Assert.Equal(AcceptOutcome.AddedToHead, (await next)[0].Outcome);
    }

    /// <summary>What every kind of question says of blocks 31 and 32.</summary>
    private static async Task<Sight> Look(IBlockchainGrain chain)
    {
        var snapshot = await chain.GetSnapshot();
        var standing = await chain.GetStanding(Main.Hashes[31], Main.Hashes[30]);
        var range = await chain.GetBlocks(Main.Hashes[32], [31]);
        var branch = await chain.GetFromHeight(0, 1);
        return new Sight(
            snapshot.Heaviest.Height, snapshot.Blocks, standing.Stored, await chain.GetBlock(Main.Hashes[31]) is not null, range.Outcome,
            branch[0].Height);
    }

    private sealed record Sight(uint Height, long Blocks, bool IsStored, bool HasBytes, RangeOutcome Range, uint Newest);
}
