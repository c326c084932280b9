using System.Runtime.InteropServices;
using Chia.Consensus.Chain;
using Chia.Consensus.Queries;
using Chia.Consensus.Validation;
using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Storage;
using Chia.Storage.Errors;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Chain;

/// <summary>Tips, height_to_hash and index of one node's chain, and the only writer of its store.</summary>
[KeepAlive] // Loading the index again costs a second and nothing is gained.
public sealed class BlockchainGrain : Grain, IBlockchainGrain
{
    private readonly NetworkDefinition _network;
    private readonly IBlockStoreProvider _stores;
    private readonly IProofVerifier _proofs;
    private readonly TimeProvider _time;
    private readonly ILogger<BlockchainGrain> _log;
    private ChainKeeper? _keeper;

    /// <summary>Created by the engine.</summary>
    public BlockchainGrain(
        NetworkDefinition network, IBlockStoreProvider stores, IProofVerifier proofs, TimeProvider time, ILogger<BlockchainGrain> log)
    {
        _network = network;
        _stores = stores;
        _proofs = proofs;
        _time = time;
        _log = log;
    }

    private ChainKeeper Keeper => _keeper ?? throw new InvalidOperationException("the chain is not loaded");

    private ChainState State => Keeper.State;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var store = await _stores.Get(this.GetPrimaryKeyString(), cancellationToken);
        _keeper = await ChainKeeper.Open(_network, store, _proofs, _time, cancellationToken);
        ChainLog.Loaded(_log, State.BlockCount, State.HeaviestTip!.Height, State.HeaviestTip.HeaderHash);
    }

    /// <inheritdoc/>
    public Task<ChainSnapshot> GetSnapshot() =>
        Task.FromResult(new ChainSnapshot(
            [.. State.Tips.Select(Describe)],
            Describe(State.HeaviestTip!),
            Describe(State.LeastCommonAncestor!),
            State.BlockCount));

    /// <inheritdoc/>
    public Task<BlockStanding> GetStanding(Bytes32 headerHash, Bytes32 prevHeaderHash) =>
        Task.FromResult(new BlockStanding(
            State.Contains(headerHash),
            State.TryGet(prevHeaderHash, out var parent) ? Describe(parent) : null,
            State.Tips.Min(t => t.Height),
            State.HeaviestTip!.TotalWeight));

    /// <inheritdoc/>
    public async Task<BlockOutcome[]> Accept(BlockSubmission[] blocks)
    {
        var verdicts = blocks.Select(Restore).ToList();
        var results = await AsWriter(() => Keeper.Accept(verdicts));
        return [.. results.Select((result, i) => ToAnswer(verdicts[i], result))];
    }

    /// <inheritdoc/>
    public Task<bool> SwitchVariant(BlockSubmission otherVariant, BlockSubmission[] children) =>
        AsWriter(() => Keeper.SwitchVariant(Restore(otherVariant), [.. children.Select(Restore)]));

    private async Task<T> AsWriter<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (StaleWriterException)
        {
            // Another activation of this grain owns the store now: this one must not answer any more.
            DeactivateOnIdle();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<UnfinishedStanding> CheckUnfinished(BlockSubmission block)
    {
        var hash = block.Block.Block.PrevHeaderHash;
        if (!State.TryGet(hash, out var parent))
            return Task.FromResult(new UnfinishedStanding(null, false, 0, 0, ConsensusRule.PreviousBlock, $"{hash} is not stored"));
        var isTip = State.Tips.Any(t => t.HeaderHash == hash);
        var verdict = State.ValidateUnfinished(
            CheckedUnfinishedBlock.Restore(block.Block.Block, block.Verdict.Quality), _time.GetUtcNow());
        return Task.FromResult(verdict.IsAccepted
            ? new UnfinishedStanding(Describe(parent), isTip, verdict.Value.Iterations, verdict.Value.Difficulty)
            : new UnfinishedStanding(Describe(parent), isTip, 0, 0, verdict.Rejection.Rule, verdict.Rejection.Detail));
    }

    /// <inheritdoc/>
    public async Task<BlockData?> GetBlock(Bytes32 headerHash) =>
        await Keeper.Reader.GetBlock(headerHash) is { } bytes ? new BlockData(bytes) : null;

    /// <inheritdoc/>
    public Task<TipInfo?> GetInfo(Bytes32 headerHash) =>
        Task.FromResult(State.TryGet(headerHash, out var record) ? Describe(record) : null);

    /// <inheritdoc/>
    public Task<byte[]?> GetHeaderHashes(Bytes32 tip) =>
        Task.FromResult(HeaderQueries.HeaderHashesTo(State, tip) is { } hashes
            ? MemoryMarshal.AsBytes<Bytes32>(hashes).ToArray()
            : null);

    /// <inheritdoc/>
    public Task<RangeAnswer> GetHeaderBlocks(Bytes32 tip, uint[] heights) =>
        Range(tip, heights, hashes => Keeper.Reader.GetHeaderBlocks(hashes));

    /// <inheritdoc/>
    public Task<RangeAnswer> GetBlocks(Bytes32 tip, uint[] heights) =>
        Range(tip, heights, hashes => Keeper.Reader.GetBlocks(hashes));

    /// <inheritdoc/>
    public Task<ForkPoint> FindForkPoint(uint first, byte[] headerHashes)
    {
        var list = MemoryMarshal.Cast<byte, Bytes32>(headerHashes);
        long agreed = -1;
        var parent = default(Bytes32);
        for (var i = 0; i < list.Length; i++)
        {
            var follows = State.TryGet(list[i], out var record) && record.Height == first + i && (i == 0 || record.PrevHeaderHash == parent);
            if (!follows)
                break;
            agreed = first + i;
            parent = list[i];
        }

        return Task.FromResult(new ForkPoint(agreed));
    }

    /// <inheritdoc/>
    public Task<TipInfo[]> GetBranch(Bytes32 headerHash, int count)
    {
        var records = new List<TipInfo>();
        while (records.Count < count && State.TryGet(headerHash, out var record))
        {
            records.Add(Describe(record));
            headerHash = record.PrevHeaderHash;
        }

        return Task.FromResult(records.ToArray());
    }

    /// <inheritdoc/>
    public Task<ulong> GetEarliestTimestamp(Bytes32 parent) => Task.FromResult(State.EarliestTimestamp(parent));

    private static CheckedBlock Restore(BlockSubmission submission) =>
        CheckedBlock.Restore(submission.Block.Block, submission.Verdict.Quality);

    private async Task<RangeAnswer> Range(
        Bytes32 tip, uint[] heights, Func<IReadOnlyList<Bytes32>, Task<IReadOnlyList<byte[]?>>> read)
    {
        var resolution = HeaderQueries.Resolve(State, heights, tip);
        if (resolution.Outcome != RangeOutcome.Found)
            return new RangeAnswer(resolution.Outcome, []);
        var items = await read(resolution.HeaderHashes);
        return items.Any(item => item is null)
            ? new RangeAnswer(RangeOutcome.UnknownTip, [])
            : new RangeAnswer(RangeOutcome.Found, [.. items.Select(item => item!)]);
    }

    private TipInfo Describe(BlockRecord record)
    {
        var next = State.Next(record).Value;
        return new TipInfo(
            record.HeaderHash,
            record.PrevHeaderHash,
            record.ChallengeHash,
            record.Height,
            record.TotalWeight,
            record.TotalIterations,
            record.Timestamp,
            record.Difficulty,
            record.IterationsPerSecond,
            record.Quality,
            next?.Difficulty ?? 0,
            next?.IterationsPerSecond ?? 0);
    }

    private BlockOutcome ToAnswer(CheckedBlock block, ReceiveResult result) =>
        new(
            result.Outcome,
            block.HeaderHash,
            result.Record is { } record ? Describe(record) : null,
            result.Rejection?.Rule,
            result.Rejection?.Detail);
}
