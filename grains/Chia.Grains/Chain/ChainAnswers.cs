using System.Runtime.InteropServices;
using Chia.Consensus.Chain;
using Chia.Consensus.Queries;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Storage.Errors;

namespace Chia.Grains.Chain;

/// <summary>What a node's chain answers, in the words that cross grains: questions are answered from memory or the store, blocks are taken
/// in.</summary>
internal sealed class ChainAnswers(CommittedChain chain, TimeProvider time)
{
    private ChainState State => chain.State;

    /// <summary>Blocks cannot be stored, and are refused until <see cref="TryStore"/> has found that they can.</summary>
    public bool IsRefusing => chain.StoreFault is not null;

    public ChainSnapshot Snapshot() =>
        new([.. State.Tips.Select(Describe)], Describe(State.HeaviestTip!), Describe(State.LeastCommonAncestor!), State.BlockCount)
        {
            StoreFault = chain.StoreFault,
        };

    /// <summary>True if the store takes commits again (<see cref="CommittedChain.TryStore"/>).</summary>
    public Task<bool> TryStore() => chain.TryStore();

    public BlockStanding Standing(Bytes32 headerHash, Bytes32 prevHeaderHash) =>
        new(
            State.Contains(headerHash),
            State.TryGet(prevHeaderHash, out var parent) ? Describe(parent) : null,
            State.Tips.Min(t => t.Height),
            State.HeaviestTip!.TotalWeight);

    public async Task<AcceptAnswer> Accept(BlockSubmission[] blocks)
    {
        if (IsRefusing)
            return new AcceptAnswer([], Snapshot());
        var verdicts = blocks.Select(Restore).ToList();
        try
        {
            var results = await chain.Accept(verdicts);
            return new AcceptAnswer([.. results.Select((result, i) => ToOutcome(verdicts[i], result))], Snapshot());
        }
        catch (StoreException error) when (CommittedChain.IsRefusal(error))
        {
            return new AcceptAnswer([], Snapshot());
        }
    }

    public async Task<ChainSnapshot?> SwitchVariant(BlockSubmission otherVariant, BlockSubmission[] children)
    {
        try
        {
            return !IsRefusing && await chain.SwitchVariant(Restore(otherVariant), [.. children.Select(Restore)]) ? Snapshot() : null;
        }
        catch (StoreException error) when (CommittedChain.IsRefusal(error))
        {
            return null;
        }
    }

    public UnfinishedStanding CheckUnfinished(BlockSubmission block)
    {
        var hash = block.Block.Block.PrevHeaderHash;
        if (!State.TryGet(hash, out var parent))
            return new UnfinishedStanding(null, 0, 0, Snapshot(), ConsensusRule.PreviousBlock, $"{hash} is not stored");
        var verdict = State.ValidateUnfinished(CheckedUnfinishedBlock.Restore(block.Block.Block, block.Verdict.Quality), time.GetUtcNow());
        return verdict.IsAccepted
            ? new UnfinishedStanding(Describe(parent), verdict.Value.Iterations, verdict.Value.Difficulty, Snapshot())
            : new UnfinishedStanding(Describe(parent), 0, 0, Snapshot(), verdict.Rejection.Rule, verdict.Rejection.Detail);
    }

    public CandidateStanding? ParentFor(Bytes32 challenge, Bytes32 quality) =>
        BlockSearch.FindByChallenge(State, challenge) is { } parent
            ? new CandidateStanding(
                Describe(parent), State.EarliestTimestamp(parent.HeaderHash), BlockSearch.HasChild(State, parent.HeaderHash, quality))
            : null;

    public TipInfo[] FromHeight(uint height, int most) => [.. BlockSearch.FromHeight(State, height, most).Select(Describe)];

    /// <summary>The store has a batch a moment before the chain does: what is not taken over yet is not there yet.</summary>
    public async Task<BlockData?> Block(Bytes32 headerHash) =>
        State.Contains(headerHash) && await chain.Reader.GetBlock(headerHash) is { } bytes ? new BlockData(bytes) : null;

    public TipInfo? Info(Bytes32 headerHash) => State.TryGet(headerHash, out var record) ? Describe(record) : null;

    public byte[]? HeaderHashes(Bytes32 tip, uint first, int most) =>
        HeaderQueries.HeaderHashesTo(State, tip, first, most) is { } hashes ? MemoryMarshal.AsBytes<Bytes32>(hashes).ToArray() : null;

    public Task<RangeAnswer> HeaderBlocks(Bytes32 tip, uint[] heights, CancellationToken cancellation = default) =>
        Range(tip, heights, hashes => chain.Reader.GetHeaderBlocks(hashes, cancellation));

    public Task<RangeAnswer> Blocks(Bytes32 tip, uint[] heights, CancellationToken cancellation = default) =>
        Range(tip, heights, hashes => chain.Reader.GetBlocks(hashes, cancellation));

    public ForkPoint FindForkPoint(uint first, byte[] headerHashes) =>
        new(ForkPoints.LastAgreed(State, first, MemoryMarshal.Cast<byte, Bytes32>(headerHashes)));

    public TipInfo[] Branch(Bytes32 headerHash, int count)
    {
        var records = new List<TipInfo>();
        while (records.Count < count && State.TryGet(headerHash, out var record))
        {
            records.Add(Describe(record));
            headerHash = record.PrevHeaderHash;
        }

        return [.. records];
    }

    public BlockPlace? Place(Bytes32 headerHash) =>
        ChainView.Find(State, headerHash) is { } block
            ? new BlockPlace(Describe(block), [.. ChainView.ChildrenOf(State, headerHash)])
            : null;

    public TipInfo? AtHeight(uint height) => ChainView.AtHeight(State, height) is { } record ? Describe(record) : null;

    public BlockRow[] Rows(uint from, uint to, bool chainOnly, int most) =>
        [.. ChainView.Rows(State, from, to, chainOnly).Take(most).Select(Describe)];

    public ChainPoint[] Series(uint from, uint to, int most) => [.. ChainSeries.Of(State, from, to, most).Select(Describe)];

    public ChainFigures Figures(uint window)
    {
        var (onChain, beside) = ChainView.CountNewest(State, window);
        return new ChainFigures(onChain, beside, ChainSeries.Newest(State, window) is { } newest ? Describe(newest) : null);
    }

    private BlockRow Describe(PlacedBlock block) => new(Describe(block.Record), block.Iterations, block.IsOnChain, block.IsTip);

    private static ChainPoint Describe(ChainSample sample) =>
        new(
            sample.Height,
            sample.Timestamp,
            sample.Blocks,
            sample.Seconds,
            sample.Difficulty,
            sample.IterationsPerSecond,
            sample.Weight,
            Netspace.Estimate(sample.Work, sample.VariableIterations));

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

    private BlockOutcome ToOutcome(CheckedBlock block, ReceiveResult result) =>
        new(
            result.Outcome,
            block.HeaderHash,
            result.Record is { } record ? Describe(record) : null,
            result.Rejection?.Rule,
            result.Rejection?.Detail);
}
