using Chia.Consensus.Chain;
using Chia.Consensus.Headers;
using Chia.Consensus.Tests.Rules;
using Chia.Consensus.Tests.Support;
using Chia.Consensus.Validation;
using Chia.Protocol.Outcomes;

namespace Chia.Consensus.Tests.Reference;

/// <summary>The rules about ancestors on every block of the reference's chains, with the recorded qualities in place of the
/// cryptography.</summary>
public class ReferenceRulesTests
{
    [Theory]
    [InlineData("real300")]
    [InlineData("real40bt")]
    [InlineData("fast1024")]
    [InlineData("long1500")]
    [InlineData("small40")]
    public void Every_record_and_the_tips_are_the_references(string name)
    {
        var chain = ReferenceChain.Of(name);
        var checker = new BlockChecker(chain.Network.Constants, RecordedQualities.Of(chain));
        var state = new ChainState(chain.Network.Constants);
        var store = new StoreTwin();
        foreach (var block in chain.All)
        {
            var verdict = checker.Check(block.Block);
            Assert.True(verdict.IsAccepted, $"{block.Record.Height}: {verdict}");
            var batch = state.Begin();
            var result = batch.Receive(verdict.Value, TestChain.Late);
            Assert.True(result.IsAdded, $"{block.Record.Height}: {result}");
            Assert.Equal(block.Record, result.Record);
            if (block.ReceiveResult is { } expected)
                Assert.Equal(expected == "ADDED_TO_HEAD" ? AcceptOutcome.AddedToHead : AcceptOutcome.AddedAsOrphan, result.Outcome);
            store.Write(batch.ToCommit());
            state.Apply(batch);
        }

        Assert.Equal(chain.Tips, state.Tips.Select(tip => tip.HeaderHash));
        store.AssertAgrees(state);
        store.AssertAgrees(store.Load(state));
    }

    [Theory]
    [InlineData("real300")]
    [InlineData("long1500")]
    public void Speed_can_be_recovered_from_every_block(string name)
    {
        var chain = ReferenceChain.Of(name);
        foreach (var block in chain.All)
        {
            var header = block.Block.HeaderBlock;
            Assert.True(RecoveredIps.TryRecover(
                header.ProofOfTime!.NumberOfIterations,
                block.Record.Quality,
                header.ProofOfSpace.Size,
                block.Record.Difficulty,
                chain.Network.Constants.MinBlockTime,
                out var ips));
            Assert.Equal(block.Record.IterationsPerSecond, ips);
        }
    }

    [Theory]
    [InlineData("real300")]
    [InlineData("long1500")]
    [InlineData("small40")]
    public void Header_chains_from_genesis_prove_the_weight(string name)
    {
        var chain = ReferenceChain.Of(name);
        var checker = new BlockChecker(chain.Network.Constants, RecordedQualities.Of(chain));
        var state = new ChainState(chain.Network.Constants);
        var batch = state.Begin();
        Assert.True(batch.Receive(checker.Check(chain.Blocks[0].Block).Value!, TestChain.Late).IsAdded);
        state.Apply(batch);
        var validator = new HeaderChainValidator(
            chain.Network.Constants, state, state.Tips[0], [.. chain.Blocks.Select(b => b.Record.HeaderHash)]);
        foreach (var block in chain.Blocks.Skip(1))
        {
            var header = checker.CheckHeader(block.Block.HeaderBlock, verifyProofOfTime: false);
            Assert.Equal(block.Record, validator.Append(header.Value!, TestChain.Late).Value);
        }

        Assert.True(validator.IsComplete);
    }
}
