using Chia.Consensus.Chain;
using Chia.Consensus.Tests.Support;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Testing;

namespace Chia.Consensus.Tests.Reference;

/// <summary>The reference's chains with the real cryptography: checked on all cores, then received in order, many blocks a
/// commit.</summary>
public class ReferenceChainsTests
{
    private const int BlocksPerCommit = 16;

    private static readonly ParallelOptions Cores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    [Theory]
    [InlineData("small40")]
    [InlineData("fast1024")]
    [InlineData("real40bt")]
    [InlineData("real300")]
    public void Every_block_is_accepted_with_the_references_record(string name)
    {
        var chain = ReferenceChain.Of(name);
        var timings = new ValidationTimings();
        AssertAccepted(chain, new ProofVerifier(timings));
        var blocks = chain.All.Count();
        Assert.Equal(blocks, timings.CountOf(ValidationStage.ProofOfTime));
        Assert.Equal(blocks, timings.CountOf(ValidationStage.Discriminant));
        Assert.Equal(blocks, timings.CountOf(ValidationStage.ProofOfSpace));

        // Both signatures at once, and the decoding of the aggregated one where there is one.
        Assert.Equal(
            blocks + chain.All.Count(b => b.Block.Body.AggregatedSignature is not null), timings.CountOf(ValidationStage.Signatures));
        Assert.True(timings[ValidationStage.ProofOfTime] > TimeSpan.Zero);
        foreach (var stage in Enum.GetValues<ValidationStage>())
            TestContext.Current.TestOutputHelper?.WriteLine($"{name} {stage}: {timings[stage].TotalMilliseconds / blocks:F3} ms a block");
    }

    /// <summary>1,500 blocks, 125 adjustments; of the proofs of time every fiftieth.</summary>
    [Fact]
    public void A_long_chain_is_accepted_with_the_references_records()
    {
        var chain = ReferenceChain.Of("long1500");
        var wanted = chain.Blocks.Where(b => b.Record.Height % 50 == 0).Select(b => b.Block.HeaderBlock.ProofOfTime).ToHashSet();
        var real = new ProofVerifier();
        var verified = 0;
        AssertAccepted(chain, new ScriptedVerifier(real) { Time = Check });
        Assert.Equal(31, verified);

        string? Check(ProofOfTime proof, int discriminantBits)
        {
            if (!wanted.Contains(proof))
                return null;
            Interlocked.Increment(ref verified);
            return real.FindFault(proof, discriminantBits);
        }
    }

    private static void AssertAccepted(ReferenceChain chain, IProofVerifier verifier)
    {
        var checker = new BlockChecker(chain.Network.Constants, verifier);
        var blocks = chain.All.ToList();
        var verdicts = new Verdict<CheckedBlock>[blocks.Count];
        Parallel.For(0, blocks.Count, Cores, i => verdicts[i] = checker.Check(blocks[i].Block));

        var state = new ChainState(chain.Network.Constants);
        var store = new StoreTwin();
        foreach (var part in blocks.Zip(verdicts).Chunk(BlocksPerCommit))
        {
            var batch = state.Begin();
            foreach (var (block, verdict) in part)
            {
                Assert.True(verdict.IsAccepted, $"{block.Record.Height}: {verdict}");
                Assert.Equal(block.Record.Quality, verdict.Value.Quality);
                var result = batch.Receive(verdict.Value, TestChain.Late);
                Assert.Equal(block.Record, result.Record);
            }

            store.Write(batch.ToCommit());
            state.Apply(batch);
        }

        Assert.Equal(chain.Tips, state.Tips.Select(tip => tip.HeaderHash));
        store.AssertAgrees(state);
    }
}
