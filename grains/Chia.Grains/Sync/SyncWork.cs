using System.Diagnostics;
using Chia.Consensus.Headers;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Validation;
using Chia.Grains.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Sync.Machine;
using Chia.Sync.Targets;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Sync;

/// <summary>The sync's questions, answered by validators and chain: each takes an effect and gives the event that answers it.</summary>
internal sealed class SyncWork
{
    private readonly IBlockchainGrain _chain;
    private readonly IValidators _validators;
    private readonly ConsensusConstants _constants;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CheckQueue _queue;

    /// <summary>Blocks that will be applied soon, encoded once for validators and chain, and their verdicts under way; the machine's
    /// window bounds them.</summary>
    private readonly Dictionary<FullBlock, Begun> _ahead = new(ReferenceEqualityComparer.Instance);

    private readonly HeaderAncestry _ancestry = new();

    /// <summary>The target, which passed its checks before its chain was asked for: its own turn comes last.</summary>
    private BlockSubmission? _target;

    public SyncWork(IBlockchainGrain chain, IValidators validators, ConsensusConstants constants, TimeProvider time, ILogger log)
    {
        (_chain, _validators, _constants, _time, _log) = (chain, validators, constants, time, log);
        _queue = new CheckQueue(
            (blocks, wanted) => _validators.CheckBlocks(CheckKind.Full, blocks, isUrgent: false, wanted),
            CheckQueue.BlocksPerThread * Environment.ProcessorCount,
            () => CheckQueue.OpenBatches * Math.Max(1, _validators.Count));
    }

    /// <summary>By how much what was checked last is ahead of our clock, if that is why it was refused; else null.</summary>
    public TimeSpan? TooLate { get; private set; }

    public async Task<SyncEvent> CheckTarget(SyncEffect.CheckTarget effect, Func<TimeSpan> now)
    {
        var block = new BlockData(effect.Block);
        var verdict = (await _validators.CheckBlocks(CheckKind.Full, [block], isUrgent: false))[0];
        _target = verdict.Passed ? new BlockSubmission(block, verdict) : null;
        FailureScope? failure = verdict.Passed ? null : FailureScopes.Of(verdict.Rule.Value, atTarget: true);
        return new SyncEvent.TargetChecked(now(), effect.Question, failure, verdict.Rule?.ToString());
    }

    /// <summary>The list may begin above genesis (a resumed sync): then its first entry must be a block of ours.</summary>
    public async Task<SyncEvent> FindForkPoint(SyncEffect.FindForkPoint effect, Func<TimeSpan> now)
    {
        var bytes = new byte[effect.Hashes.Count * Bytes32.Size];
        for (var i = 0; i < effect.Hashes.Count; i++)
            effect.Hashes[i].Span.CopyTo(bytes.AsSpan(i * Bytes32.Size));
        var fork = await _chain.FindForkPoint(effect.First, bytes);
        return new SyncEvent.ForkPointFound(now(), effect.Question, fork.Height < 0 ? null : (uint)fork.Height);
    }

    public async Task<SyncEvent> CheckHeaders(SyncEffect.CheckHeaders effect, IReadOnlyList<BlockRecord> verified, Func<TimeSpan> now)
    {
        var headers = effect.Headers;
        TooLate = null;
        await _ancestry.Prepare(_chain, headers[0].PrevHeaderHash, verified, _constants);
        var verdicts = await _validators.CheckHeaders([.. headers.Select(h => h.ToBytes())]);
        if (!_ancestry.TryGet(headers[0].PrevHeaderHash, out var parent))
            return new SyncEvent.HeadersChecked(now(), effect.Question, [], FailureScope.Local, "the fork point is not stored any more");

        var validator = new HeaderChainValidator(_constants, _ancestry, parent, new TailList(effect.First, verdicts));
        var records = new List<BlockRecord>(headers.Count);
        for (var i = 0; i < headers.Count; i++)
        {
            var (rule, detail) = (verdicts[i].Rule, verdicts[i].Detail);
            if (rule is not { } broken)
            {
                var header = CheckedHeader.Restore(headers[i], verdicts[i].Quality);
                var verdict = validator.Append(header, _time.GetUtcNow());
                if (verdict.IsAccepted)
                {
                    records.Add(verdict.Value);
                    continue;
                }

                (broken, detail) = (verdict.Rejection.Rule, verdict.Rejection.Detail);
            }

            NoteClock(broken, headers[i].Header.Data.Timestamp);
            SyncLog.HeaderRejected(_log, effect.First + (uint)i, broken, detail ?? "");
            return new SyncEvent.HeadersChecked(now(), effect.Question, records, ScopeOf(effect, i, broken), broken.ToString());
        }

        return new SyncEvent.HeadersChecked(now(), effect.Question, records, null, null);
    }

    /// <summary>
    /// Begins to check blocks that will be applied soon, so that all validation threads are busy while earlier ones are committed.
    /// </summary>
    public void CheckAhead(IReadOnlyList<FullBlock> blocks)
    {
        var fresh = new List<BlockData>(blocks.Count);
        foreach (var block in blocks.Where(block => !_ahead.ContainsKey(block)))
        {
            var data = new BlockData(block);
            if (_target is { } target && data.Bytes.Span.SequenceEqual(target.Block.Bytes.Span))
                _ahead[block] = new Begun(data, Task.FromResult(target.Verdict));
            else
                fresh.Add(data);
        }

        foreach (var (data, verdict) in fresh.Zip(_queue.Add(fresh)))
            _ahead[data.Block] = new Begun(data, verdict);
    }

    /// <summary>Checks blocks and hands them to the chain.</summary>
    /// <returns>The answer, and the chain afterwards, which the chain tells unasked.</returns>
    public async Task<(SyncEvent.BlocksApplied Answer, ChainSnapshot Chain)> Apply(SyncEffect.ApplyBlocks effect, Func<TimeSpan> now)
    {
        var blocks = effect.Blocks;
        TooLate = null;
        CheckAhead(blocks);
        var checks = blocks.Select(Take).ToList();
        AcceptAnswer answer;
        BlockVerdict[] verdicts;
        int good;
        try
        {
            verdicts = await Task.WhenAll(checks.Select(check => check.Verdict));
            good = Array.FindIndex(verdicts, v => !v.Passed) is var bad && bad < 0 ? blocks.Count : bad;
            answer = await _chain.Accept([.. checks.Take(good).Select((check, i) => new BlockSubmission(check.Data, verdicts[i]))]);
            if (answer.WasRefused)
                throw new StoreRefusesException(answer.Chain.StoreFault!);
        }
        catch (OperationCanceledException error) when (checks.Exists(check => check.Verdict.IsCanceled))
        {
            throw new ChecksForgottenException(error);
        }
        catch
        {
            // Nobody is at fault, and nothing is checked twice: the same blocks come again when chain, store or validators answer.
            foreach (var check in checks.Where(check => check.Verdict.IsCompletedSuccessfully))
                _ahead[check.Data.Block] = check;

            throw;
        }

        var outcomes = answer.Outcomes;
        var stored = outcomes.Count(o => o.IsStored);
        var through = effect.First + (uint)stored - 1;
        if (stored == blocks.Count)
            return (new SyncEvent.BlocksApplied(now(), effect.Question, through, null, null), answer.Chain);

        // Those behind the bad one come again when another copy of it is here.
        for (var i = stored + 1; i < blocks.Count; i++)
        {
            if (verdicts[i].Passed)
                _ahead[blocks[i]] = checks[i];
        }

        var (rule, detail) = stored < outcomes.Length
            ? (outcomes[stored].Rule, outcomes[stored].Detail)
            : (verdicts[stored].Rule, verdicts[stored].Detail);
        if (rule is not { } broken)
        {
            // Its parent is gone: our chain changed below the sync.
            var gone = outcomes[stored].Outcome.ToString();
            return (new SyncEvent.BlocksApplied(now(), effect.Question, through, FailureScope.Local, gone), answer.Chain);
        }

        NoteClock(broken, blocks[stored].HeaderBlock.Header.Data.Timestamp);
        SyncLog.BlockRejected(_log, through + 1, broken, detail ?? "");
        var scope = FailureScopes.Of(broken, atTarget: false);
        return (new SyncEvent.BlocksApplied(now(), effect.Question, through, scope, broken.ToString()), answer.Chain);
    }

    /// <summary>Nothing that was begun ahead is wanted any more: checks that wait for a thread are dropped.</summary>
    public void Forget()
    {
        _target = null;
        _queue.Clear();
        _ahead.Clear();
        _ancestry.Clear();
    }

    /// <summary>The answer to a question that we could not see to the end, by no fault of a peer.</summary>
    public static SyncEvent LocalFailure(SyncEffect effect, TimeSpan now, string why) => effect switch
    {
        SyncEffect.CheckTarget e => new SyncEvent.TargetChecked(now, e.Question, FailureScope.Local, why),
        SyncEffect.FindForkPoint e => new SyncEvent.ForkPointFound(now, e.Question, null, why),
        SyncEffect.CheckHeaders e => new SyncEvent.HeadersChecked(now, e.Question, [], FailureScope.Local, why),
        SyncEffect.ApplyBlocks e => new SyncEvent.BlocksApplied(now, e.Question, e.First - 1, FailureScope.Local, why),
        _ => new SyncEvent.Tick(now),
    };

    /// <summary>By how much a timestamp is ahead of our clock.</summary>
    public TimeSpan Ahead(ulong timestamp) => ClockDoubt.Ahead(timestamp, _time.GetUtcNow());

    private void NoteClock(ConsensusRule broken, ulong timestamp) =>
        TooLate = broken == ConsensusRule.TimestampTooLate ? Ahead(timestamp) : null;

    private Begun Take(FullBlock block) => _ahead.Remove(block, out var ahead) ? ahead : throw new UnreachableException();

    private FailureScope ScopeOf(SyncEffect.CheckHeaders effect, int index, ConsensusRule rule)
    {
        // The first header answers another challenge than our block at the fork point: we may hold the other variant of that block.
        if (index == 0 && rule == ConsensusRule.ProofOfSpaceChallenge && _ancestry.IsOurs(effect.Headers[0].PrevHeaderHash))
            return FailureScope.ForkPoint;
        return FailureScopes.Of(rule, atTarget: effect.Headers[index].HeaderHash() == effect.Target);
    }

    /// <summary>A block on its way to the chain.</summary>
    private readonly record struct Begun(BlockData Data, Task<BlockVerdict> Verdict);

    /// <summary>The header hashes by height as the chain validator wants them; only those of the headers in hand are looked at.</summary>
    private sealed class TailList(uint first, BlockVerdict[] verdicts) : IReadOnlyList<Bytes32>
    {
        public int Count => (int)first + verdicts.Length;

        public Bytes32 this[int height] => verdicts[height - (int)first].HeaderHash;

        public IEnumerator<Bytes32> GetEnumerator() => throw new NotSupportedException();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw new NotSupportedException();
    }
}

/// <summary>The store takes no blocks at the moment: the question stays open and is asked again.</summary>
internal sealed class StoreRefusesException : Exception
{
    /// <summary>Says why, as the chain does.</summary>
    public StoreRefusesException(string why)
        : base(why)
    {
    }
}
