using Chia.Consensus.Chain;
using Chia.Consensus.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Consensus.Tests.Support;

/// <summary>A chain of stubbed blocks with its store: every received block is committed, applied and compared.</summary>
internal sealed class TestChain
{
    /// <summary>Later than any timestamp of a test.</summary>
    public static readonly DateTimeOffset Late = DateTimeOffset.FromUnixTimeSeconds(3_000_000_000);

    public TestChain(ConsensusConstants? constants = null)
    {
        State = new ChainState(constants ?? Testnet.Definition.Constants);
        Checker = new BlockChecker(State.Constants, Verifier);
        Genesis = Add(FitGenesis(State.Constants)).Record!;
    }

    public ScriptedVerifier Verifier { get; } = MadeUpProofs.Verifier();

    public BlockChecker Checker { get; }

    public ChainState State { get; private set; }

    public StoreTwin Store { get; } = new();

    public BlockRecord Genesis { get; }

    /// <summary>Compare state and store after every block; long chains do it at the end.</summary>
    public bool CompareAlways { get; set; } = true;

    public ReceiveResult Add(FullBlock block, DateTimeOffset? now = null)
    {
        var batch = State.Begin();
        var result = batch.Receive(Check(block), now ?? Late);
        Assert.Equal(result.IsAdded, batch.HasChanges);
        if (batch.HasChanges)
            Commit(batch);
        return result;
    }

    public void Commit(ChainBatch batch)
    {
        Store.Write(batch.ToCommit());
        State.Apply(batch);
        if (CompareAlways)
            Store.AssertAgrees(State);
    }

    public CheckedBlock Check(FullBlock block)
    {
        var verdict = Checker.Check(block);
        Assert.True(verdict.IsAccepted, verdict.ToString());
        return verdict.Value;
    }

    public FullBlock Child(BlockRecord parent, ulong seconds = 300, byte salt = 0) =>
        Blocks.Child(State.Constants, parent, Next(parent), parent.Timestamp + seconds, salt);

    public Consensus.Rules.NextBlock Next(BlockRecord parent)
    {
        var next = State.Next(parent);
        Assert.True(next.IsAccepted, next.ToString());
        return next.Value;
    }

    public BlockRecord AddChild(BlockRecord parent, ulong seconds = 300, byte salt = 0)
    {
        var result = Add(Child(parent, seconds, salt));
        Assert.True(result.IsAdded, result.ToString());
        return result.Record!;
    }

    /// <summary>Adds descendants; returns the last.</summary>
    public BlockRecord Grow(BlockRecord parent, int count, ulong seconds = 300, byte salt = 0)
    {
        for (var i = 0; i < count; i++)
            parent = AddChild(parent, seconds, salt);
        return parent;
    }

    public FullBlock BlockOf(BlockRecord record) => Store.Blocks[record.HeaderHash].Block;

    public BlockRecord Ancestor(BlockRecord from, uint height) => ((IAncestry)State).AncestorAt(from, height)!;

    public void Restart()
    {
        State = Store.Load(State);
        Store.AssertAgrees(State);
    }

    public Bytes32[] TipHashes => [.. State.Tips.Select(t => t.HeaderHash)];

    /// <summary>The testnet's genesis block, with weight and iterations as the constants ask.</summary>
    private static FullBlock FitGenesis(ConsensusConstants constants)
    {
        Assert.Equal(
            Consensus.Rules.IterationsError.None,
            Consensus.Rules.Iterations.TryCompute(
                MadeUpProofs.GenesisQuality, 19, constants.DifficultyStarting, constants.VdfIpsStarting, constants.MinBlockTime,
                out var iterations));
        return StreamableExtensions.Decode<FullBlock>(Testnet.Definition.GenesisBytes.Span)
            .WithTime(t => t with { NumberOfIterations = iterations })
            .WithChallenge(c => c with { TotalWeight = constants.DifficultyStarting, TotalIterations = iterations });
    }
}
