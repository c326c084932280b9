using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Validation;
using Chia.Grains.Work;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Validation;

/// <summary>Hands context-free checks to the silo's validation threads; its own turns only wait.</summary>
[Reentrant] // Its turns hand over and wait; a block that is urgent must not stand behind a sync's.
internal sealed class ValidatorService : GrainService, IValidatorService
{
    private readonly Dictionary<Guid, CancellationTokenSource> _open = [];
    private readonly ValidationThreads _threads;
    private readonly IProofVerifier _proofs;
    private readonly BlockChecker _checker;
    private readonly int _discriminantBits;

    /// <summary>Constructed by Orleans, with services of the silo.</summary>
    public ValidatorService(
        GrainId id,
        Silo silo,
        ILoggerFactory logs,
        NetworkDefinition network,
        IProofVerifier proofs,
        ValidationThreads threads,
        VerifiedHeaders? verifiedHeaders = null)
        : base(id, silo, logs)
    {
        _threads = threads;
        _proofs = proofs;
        _checker = new BlockChecker(network.Constants, proofs, verifiedHeaders);
        _discriminantBits = network.Constants.DiscriminantSizeBits;
    }

    /// <inheritdoc/>
    public Task<BlockVerdict[]> CheckBlocks(Guid batch, CheckKind kind, BlockData[] blocks, bool isUrgent) => UntilCalledOff(
        batch,
        cancellation => kind == CheckKind.Full
            ? InParts(blocks, CheckFull, isUrgent, cancellation)
            : Task.WhenAll(blocks.Select(block => _threads.Run(() => CheckUnfinished(block), isUrgent, cancellation))));

    /// <inheritdoc/>
    public Task<BlockVerdict[]> CheckHeaders(Guid batch, byte[][] headers) =>
        UntilCalledOff(batch, cancellation => InParts(headers, CheckPart, isUrgent: false, cancellation));

    /// <inheritdoc/>
    public Task CallOff(Guid batch)
    {
        if (_open.TryGetValue(batch, out var wanted))
            wanted.Cancel();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> CheckProofOfTime(byte[] proof) =>
        _threads.Run(() => _proofs.FindFault(StreamableExtensions.Decode<ProofOfTime>(proof), _discriminantBits), isUrgent: true);

    /// <inheritdoc/>
    public Task<Bytes32?> CheckProofOfSpace(byte[] proof) =>
        _threads.Run(
            () => _proofs.TryGetQuality(StreamableExtensions.Decode<ProofOfSpace>(proof), out var quality)
            ? quality
            : (Bytes32?)null, isUrgent: true);

    private async Task<BlockVerdict[]> UntilCalledOff(Guid batch, Func<CancellationToken, Task<BlockVerdict[]>> check)
    {
        using var wanted = new CancellationTokenSource();
        _open[batch] = wanted;
        try
        {
            return await check(wanted.Token);
        }
        finally
        {
            _open.Remove(batch);
        }
    }

    /// <summary>A part for each thread: what a part holds is verified together, which is cheaper.</summary>
    private async Task<BlockVerdict[]> InParts<T>(T[] all, Func<T[], BlockVerdict[]> check, bool isUrgent, CancellationToken cancellation)
    {
        var size = Math.Max(1, (all.Length + _threads.Count - 1) / _threads.Count);
        var parts = await Task.WhenAll(all.Chunk(size).Select(part => _threads.Run(() => check(part), isUrgent, cancellation)));
        return [.. parts.SelectMany(part => part)];
    }

    private BlockVerdict[] CheckFull(BlockData[] part)
    {
        var blocks = Array.ConvertAll(part, data => data.Block);
        return [.. _checker.Check(blocks).Select((verdict, i) => verdict.IsAccepted
            ? new BlockVerdict(verdict.Value.HeaderHash, verdict.Value.Quality)
            : Rejected(blocks[i].HeaderHash(), verdict.Rejection))];
    }

    private BlockVerdict CheckUnfinished(BlockData block)
    {
        var verdict = _checker.CheckUnfinished(block.Block);
        return verdict.IsAccepted
            ? new BlockVerdict(verdict.Value.HeaderHash, verdict.Value.Quality)
            : Rejected(block.Block.HeaderHash(), verdict.Rejection);
    }

    private BlockVerdict[] CheckPart(byte[][] part)
    {
        var headers = Array.ConvertAll(part, bytes => StreamableExtensions.Decode<HeaderBlock>(bytes));
        return [.. _checker.CheckHeaders(headers, verifyProofOfTime: false).Select((verdict, i) => verdict.IsAccepted
            ? new BlockVerdict(verdict.Value.HeaderHash, verdict.Value.Quality)
            : Rejected(headers[i].HeaderHash(), verdict.Rejection))];
    }

    private static BlockVerdict Rejected(Bytes32 headerHash, Rejection rejection) =>
        new(headerHash, default, rejection.Rule, rejection.Detail);
}

/// <summary>
/// Threads for proofs: one a core, below normal priority, so that validation never keeps messages waiting. The queue needs no bound of its
/// own: every connection and the sync wait for their results before they hand in more. New blocks go before those of a sync.
/// </summary>
/// <param name="count">How many; 0 for one a core.</param>
public sealed class ValidationThreads(int count = 0)
    : WorkThreads("validation", count > 0 ? count : Environment.ProcessorCount, ThreadPriority.BelowNormal);
