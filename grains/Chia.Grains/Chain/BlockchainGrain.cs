using Chia.Consensus.Validation;
using Chia.GrainInterfaces.Chain;
using Chia.Grains.Placement;
using Chia.Grains.Work;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Storage.Errors;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Chain;

/// <summary>Tips, height_to_hash and index of one node's chain, and the only writer of its store.</summary>
[KeepAlive] // Loading the index again costs a second and nothing is gained.
[NeedsRole(SiloRole.Chain)]
[WithItsNode]
internal sealed class BlockchainGrain : Grain, IBlockchainGrain
{
    /// <summary>Between two trials of a store that refuses commits: soon enough for the operator who made room, seldom enough for a
    /// disk.</summary>
    private static readonly TimeSpan TrialPause = TimeSpan.FromSeconds(2);

    private readonly NetworkDefinition _network;
    private readonly IBlockStoreProvider _stores;
    private readonly IProofVerifier _proofs;
    private readonly TimeProvider _time;
    private readonly ILogger<BlockchainGrain> _log;
    private ChainAnswers? _answers;
    private IGrainTimer? _trial;

    /// <summary>Constructed by Orleans, with services of the silo.</summary>
    public BlockchainGrain(
        NetworkDefinition network, IBlockStoreProvider stores, IProofVerifier proofs, TimeProvider time, ILogger<BlockchainGrain> log)
    {
        _network = network;
        _stores = stores;
        _proofs = proofs;
        _time = time;
        _log = log;
    }

    private ChainAnswers Answers => _answers ?? throw new InvalidOperationException("the chain is not loaded");

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var store = await _stores.Get(this.Node(), cancellationToken);
        var chain = await CommittedChain.Open(_network, store, _proofs, _time, cancellationToken);
        _answers = new ChainAnswers(chain, _time);
        ChainLog.Loaded(_log, chain.State.BlockCount, chain.State.HeaviestTip!.Height, chain.State.HeaviestTip.HeaderHash);
    }

    /// <summary>It was loaded when the grain was activated for this call.</summary>
    public Task Load() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<ChainSnapshot> GetSnapshot() => Task.FromResult(Answers.Snapshot());

    /// <inheritdoc/>
    public Task<BlockStanding> GetStanding(Bytes32 headerHash, Bytes32 prevHeaderHash) =>
        Task.FromResult(Answers.Standing(headerHash, prevHeaderHash));

    /// <inheritdoc/>
    public Task<AcceptAnswer> Accept(BlockSubmission[] blocks) => AsWriter(() => Answers.Accept(blocks));

    /// <inheritdoc/>
    public Task<ChainSnapshot?> SwitchVariant(BlockSubmission otherVariant, BlockSubmission[] children) =>
        AsWriter(() => Answers.SwitchVariant(otherVariant, children));

    /// <inheritdoc/>
    public Task<UnfinishedStanding> CheckUnfinished(BlockSubmission block) => Task.FromResult(Answers.CheckUnfinished(block));

    /// <inheritdoc/>
    public Task<CandidateStanding?> GetParentFor(Bytes32 challenge, Bytes32 quality) =>
        Task.FromResult(Answers.ParentFor(challenge, quality));

    /// <inheritdoc/>
    public Task<TipInfo[]> GetFromHeight(uint height, int most) => Task.FromResult(Answers.FromHeight(height, most));

    /// <inheritdoc/>
    public Task<BlockData?> GetBlock(Bytes32 headerHash) => Answers.Block(headerHash);

    /// <inheritdoc/>
    public Task<TipInfo?> GetInfo(Bytes32 headerHash) => Task.FromResult(Answers.Info(headerHash));

    /// <inheritdoc/>
    public Task<byte[]?> GetHeaderHashes(Bytes32 tip, uint first, int most) => Task.FromResult(Answers.HeaderHashes(tip, first, most));

    /// <inheritdoc/>
    public Task<RangeAnswer> GetHeaderBlocks(Bytes32 tip, uint[] heights, CancellationToken cancellation) =>
        Answers.HeaderBlocks(tip, heights, cancellation);

    /// <inheritdoc/>
    public Task<RangeAnswer> GetBlocks(Bytes32 tip, uint[] heights, CancellationToken cancellation) =>
        Answers.Blocks(tip, heights, cancellation);

    /// <inheritdoc/>
    public Task<ForkPoint> FindForkPoint(uint first, byte[] headerHashes) => Task.FromResult(Answers.FindForkPoint(first, headerHashes));

    /// <inheritdoc/>
    public Task<TipInfo[]> GetBranch(Bytes32 headerHash, int count) => Task.FromResult(Answers.Branch(headerHash, count));

    /// <inheritdoc/>
    public Task<BlockPlace?> GetPlace(Bytes32 headerHash) => Task.FromResult(Answers.Place(headerHash));

    /// <inheritdoc/>
    public Task<TipInfo?> GetAtHeight(uint height) => Task.FromResult(Answers.AtHeight(height));

    /// <inheritdoc/>
    public Task<BlockRow[]> GetRows(uint from, uint to, bool chainOnly, int most) =>
        Task.FromResult(Answers.Rows(from, to, chainOnly, most));

    /// <inheritdoc/>
    public Task<ChainPoint[]> GetSeries(uint from, uint to, int most) => Task.FromResult(Answers.Series(from, to, most));

    /// <inheritdoc/>
    public Task<ChainFigures> GetFigures(uint window) => Task.FromResult(Answers.Figures(window));

    /// <summary>
    /// Writes, and sees to what a failure of the store means for this activation. If another activation owns the store now, or the store
    /// has more than this one knows, it is deactivated: its chain is out of date. If the store refuses commits, it is tried until it takes
    /// them again.
    /// </summary>
    private async Task<T> AsWriter<T>(Func<Task<T>> write)
    {
        try
        {
            var answer = await write();
            if (Answers.IsRefusing && _trial is null)
            {
                ChainLog.StoreRefuses(_log, Answers.Snapshot().StoreFault!);
                _trial = this.RegisterGrainTimer(RetryStore, new GrainTimerCreationOptions(TrialPause, TrialPause) { KeepAlive = true });
            }

            return answer;
        }
        catch (Exception error) when (error is StaleWriterException or ChainOutdatedException)
        {
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task RetryStore(CancellationToken cancellation)
    {
        try
        {
            if (!await AsWriter(Answers.TryStore))
                return;
            ChainLog.StoreTakes(_log);
        }
        catch (Exception error) when (error is StaleWriterException or ChainOutdatedException)
        {
            ChainLog.Outdated(_log, error.Message);
        }

        _trial?.Dispose();
        _trial = null;
    }
}

internal static partial class ChainLog
{
    [LoggerMessage(3001, LogLevel.Information, "Chain loaded: {Blocks} blocks, heaviest tip {Height} {HeaderHash}")]
    public static partial void Loaded(ILogger logger, int blocks, uint height, Bytes32 headerHash);

    [LoggerMessage(
        3002, LogLevel.Error,
        "Blocks cannot be stored: {Why}. It is tried again every few seconds; nothing that was acknowledged is lost")]
    public static partial void StoreRefuses(ILogger logger, string why);

    [LoggerMessage(3004, LogLevel.Information, "The chain is given up here and loaded anew: {Why}")]
    public static partial void Outdated(ILogger logger, string why);

    [LoggerMessage(3003, LogLevel.Information, "Blocks can be stored again")]
    public static partial void StoreTakes(ILogger logger);
}
