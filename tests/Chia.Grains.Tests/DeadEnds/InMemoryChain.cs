using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Validation;
using Chia.Grains.Chain;
using Chia.Grains.Tests.Support;
using Chia.Grains.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Storage;
using Chia.Storage.Sqlite;

namespace Chia.Grains.Tests.DeadEnds;

/// <summary>A node's chain with all its rules and no grain around it.</summary>
internal sealed class InMemoryChain : IBlockchainGrain, IAsyncDisposable
{
    private readonly ChainAnswers _answers;

    private InMemoryChain(RefusingStore store, ChainAnswers answers)
    {
        Store = store;
        _answers = answers;
    }

    /// <summary>Where its blocks are.</summary>
    public RefusingStore Store { get; }

    public static async Task<InMemoryChain> Open(NetworkDefinition network, IProofVerifier proofs, TimeProvider time)
    {
        var store = new RefusingStore(
            await SqliteBlockStore.Open(
                new SqliteStoreOptions { Path = SqliteStoreOptions.InMemory, Identity = StoreIdentity.Of(network) }));
        return new InMemoryChain(store, new ChainAnswers(await CommittedChain.Open(network, store, proofs, time), time));
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    public Task<bool> TryStore() => _answers.TryStore();

    public Task Load() => Task.CompletedTask;

    public Task<ChainSnapshot> GetSnapshot() => Task.FromResult(_answers.Snapshot());

    public Task<BlockStanding> GetStanding(Bytes32 headerHash, Bytes32 prevHeaderHash) =>
        Task.FromResult(_answers.Standing(headerHash, prevHeaderHash));

    public Task<AcceptAnswer> Accept(BlockSubmission[] blocks) => _answers.Accept(blocks);

    public Task<ChainSnapshot?> SwitchVariant(BlockSubmission otherVariant, BlockSubmission[] children) =>
        _answers.SwitchVariant(otherVariant, children);

    public Task<UnfinishedStanding> CheckUnfinished(BlockSubmission block) => Task.FromResult(_answers.CheckUnfinished(block));

    public Task<BlockData?> GetBlock(Bytes32 headerHash) => _answers.Block(headerHash);

    public Task<TipInfo?> GetInfo(Bytes32 headerHash) => Task.FromResult(_answers.Info(headerHash));

    public Task<byte[]?> GetHeaderHashes(Bytes32 tip, uint first, int most) => Task.FromResult(_answers.HeaderHashes(tip, first, most));

    public Task<RangeAnswer> GetHeaderBlocks(Bytes32 tip, uint[] heights, CancellationToken cancellation) =>
        _answers.HeaderBlocks(tip, heights, cancellation);

    public Task<RangeAnswer> GetBlocks(Bytes32 tip, uint[] heights, CancellationToken cancellation) =>
        _answers.Blocks(tip, heights, cancellation);

    public Task<BlockPlace?> GetPlace(Bytes32 headerHash) => Task.FromResult(_answers.Place(headerHash));

    public Task<TipInfo?> GetAtHeight(uint height) => Task.FromResult(_answers.AtHeight(height));

    public Task<BlockRow[]> GetRows(uint from, uint to, bool chainOnly, int most) =>
        Task.FromResult(_answers.Rows(from, to, chainOnly, most));

    public Task<ChainPoint[]> GetSeries(uint from, uint to, int most) => Task.FromResult(_answers.Series(from, to, most));

    public Task<ChainFigures> GetFigures(uint window) => Task.FromResult(_answers.Figures(window));

    public Task<TipInfo[]> GetBranch(Bytes32 headerHash, int count) => Task.FromResult(_answers.Branch(headerHash, count));

    public Task<CandidateStanding?> GetParentFor(Bytes32 challenge, Bytes32 quality) =>
        Task.FromResult(_answers.ParentFor(challenge, quality));

    public Task<TipInfo[]> GetFromHeight(uint height, int most) => Task.FromResult(_answers.FromHeight(height, most));

    public Task<ForkPoint> FindForkPoint(uint first, byte[] headerHashes) => Task.FromResult(_answers.FindForkPoint(first, headerHashes));
}

/// <summary>The context-free checks at once, on the caller's thread.</summary>
internal sealed class InlineValidator(ConsensusConstants constants, IProofVerifier proofs) : IValidators
{
    private readonly BlockChecker _checker = new(constants, proofs);

    public int Count => 1;

    public Task<BlockVerdict[]> CheckBlocks(CheckKind kind, BlockData[] blocks, bool isUrgent, CancellationToken cancellation) =>
        Task.FromResult(blocks.Select(b => kind == CheckKind.Full ? CheckFull(b.Block) : CheckUnfinished(b.Block)).ToArray());

    public Task<BlockVerdict[]> CheckHeaders(byte[][] headers, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<string?> CheckProofOfTime(byte[] proof) =>
        Task.FromResult(proofs.FindFault(StreamableExtensions.Decode<ProofOfTime>(proof), constants.DiscriminantSizeBits));

    public Task<Bytes32?> CheckProofOfSpace(byte[] proof) =>
        Task.FromResult(
            proofs.TryGetQuality(StreamableExtensions.Decode<ProofOfSpace>(proof), out var quality) ? quality : (Bytes32?)null);

    private BlockVerdict CheckFull(FullBlock block)
    {
        var verdict = _checker.Check(block);
        return verdict.IsAccepted
            ? new BlockVerdict(verdict.Value.HeaderHash, verdict.Value.Quality)
            : new BlockVerdict(block.HeaderHash(), default, verdict.Rejection.Rule, verdict.Rejection.Detail);
    }

    private BlockVerdict CheckUnfinished(FullBlock block)
    {
        var verdict = _checker.CheckUnfinished(block);
        return verdict.IsAccepted
            ? new BlockVerdict(verdict.Value.HeaderHash, verdict.Value.Quality)
            : new BlockVerdict(block.HeaderHash(), default, verdict.Rejection.Rule, verdict.Rejection.Detail);
    }
}
