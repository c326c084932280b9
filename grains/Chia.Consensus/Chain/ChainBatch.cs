using System.Diagnostics.CodeAnalysis;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Chain;

/// <summary>
/// Blocks received on top of a <see cref="ChainState"/> that does not change: any number is received, <see cref="ToCommit"/> is written
/// in one transaction, and only then is the batch applied. A batch that is dropped leaves no trace.
/// </summary>
public sealed class ChainBatch : IAncestry
{
    private readonly ChainState _state;
    private readonly Dictionary<Bytes32, AcceptedBlock> _written = [];
    private readonly List<Bytes32> _order = [];
    private readonly HashSet<Bytes32> _removed = [];
    private readonly HeightTableOverlay _table;

    internal ChainBatch(ChainState state)
    {
        _state = state;
        _table = new HeightTableOverlay(state);
        Version = state.Version;
        Tips = state.Tips;
        LeastCommonAncestor = state.LeastCommonAncestor;
    }

    /// <summary>Tips after what was received so far, in order.</summary>
    internal IReadOnlyList<BlockRecord> Tips { get; private set; }

    /// <summary>Their least common ancestor; null while there is no block.</summary>
    internal BlockRecord? LeastCommonAncestor { get; private set; }

    /// <summary>The heaviest tip, the first of equals; null while there is no block.</summary>
    public BlockRecord? HeaviestTip => Tips.MaxBy(tip => tip.TotalWeight);

    /// <summary>True if there is something to commit.</summary>
    public bool HasChanges => _order.Count > 0;

    /// <summary>The state's version that this batch continues.</summary>
    internal int Version { get; }

    /// <inheritdoc/>
    public bool TryGet(Bytes32 headerHash, [NotNullWhen(true)] out BlockRecord? record)
    {
        if (_written.TryGetValue(headerHash, out var written))
        {
            record = written.Record;
            return true;
        }

        record = null;
        return !_removed.Contains(headerHash) && _state.TryGet(headerHash, out record);
    }

    /// <summary>Receives a block (CONSENSUS.md 13.2); <paramref name="now"/> bounds its timestamp.</summary>
    public ReceiveResult Receive(CheckedBlock block, DateTimeOffset now)
    {
        if (Contains(block.HeaderHash))
            return new ReceiveResult(AcceptOutcome.AlreadyHave);
        BlockRecord? parent = null;
        var isGenesis = block.Height == 0 && Tips.Count == 0;
        if (!isGenesis && !TryGet(block.PrevHeaderHash, out parent))
            return new ReceiveResult(AcceptOutcome.Disconnected);

        var verdict = _state.Rules.ValidateBlock(this, parent, block, now);
        if (!verdict.IsAccepted)
            return new ReceiveResult(RejectedKind(parent, block, now, verdict.Rejection), null, verdict.Rejection);

        Write(block.Block, verdict.Value);
        if (TipRules.Insert(Tips, verdict.Value, _state.Constants.NumberOfHeads) is not { } tips)
            return new ReceiveResult(AcceptOutcome.AddedAsOrphan, verdict.Value);
        MoveTips(tips);
        return new ReceiveResult(AcceptOutcome.AddedToHead, verdict.Value);
    }

    /// <summary>
    /// Replaces a stored block by its other variant (DECISIONS 1). Its stored descendants answer the old variant's challenge, so they
    /// leave the chain; the caller receives the other variant's descendants in the same batch and drops the batch unless it ends heavier
    /// than it began (with equal weight the first variant wins). With no stored descendants nothing is lost and the switch is safe by
    /// itself.
    /// </summary>
    public SwitchKind SwitchVariant(CheckedBlock otherVariant, DateTimeOffset now)
    {
        if (!TryGet(otherVariant.HeaderHash, out var stored))
            return SwitchKind.Unknown;
        if (stored.ChallengeHash == otherVariant.ChallengeHash)
            return SwitchKind.SameVariant;
        if (stored.Height == 0 || !TryGet(stored.PrevHeaderHash, out var parent))
            return SwitchKind.Invalid;
        var verdict = _state.Rules.ValidateBlock(this, parent, otherVariant, now);
        if (!verdict.IsAccepted)
            return SwitchKind.Invalid;

        RemoveDescendants(stored.HeaderHash);
        Write(otherVariant.Block, verdict.Value);
        MoveTips(Tips.All(IsKnown)
            ? [.. Tips.Select(tip => TryGet(tip.HeaderHash, out var current) ? current : tip)]
            : TipRules.Heaviest(
                _state.Heaviest(_state.Constants.NumberOfHeads, IsUntouched)
                .Concat(InOrder().Select(b => b.Record)), _state.Constants.NumberOfHeads));
        return SwitchKind.Switched;
    }

    /// <summary>What is to be written before the batch is applied.</summary>
    /// <exception cref="InvalidOperationException">Nothing was received.</exception>
    public ChainChange ToCommit() =>
        HasChanges
            ? new ChainChange(
                [.. InOrder()],
                [.. _removed.Where(hash => !_written.ContainsKey(hash))],
                [.. Tips.Select(tip => tip.HeaderHash)],
                _table.ToChange())
            : throw new InvalidOperationException("the batch is empty");

    private AcceptOutcome RejectedKind(BlockRecord? parent, CheckedBlock block, DateTimeOffset now, Rejection rejection) =>
        _state.Constants.ChallengeOutput == ChallengeOutput.WholeProofAllowed
        && rejection.Rule == ConsensusRule.ProofOfSpaceChallenge
        && parent is { Height: > 0 }
        && _state.Rules.ValidateOnOtherVariant(this, parent, block, now).IsAccepted
            ? AcceptOutcome.ParentInOtherVariant
            : AcceptOutcome.Invalid;

    private IEnumerable<AcceptedBlock> InOrder() => _order.Select(hash => _written[hash]);

    private void Write(FullBlock block, BlockRecord record)
    {
        if (!_written.ContainsKey(record.HeaderHash))
            _order.Add(record.HeaderHash);
        _written[record.HeaderHash] = new AcceptedBlock(block, record);
    }

    private void MoveTips(IReadOnlyList<BlockRecord> tips)
    {
        Tips = tips;
        LeastCommonAncestor = TipRules.CommonAncestor(this, tips);
        _table.MoveTo(this, LeastCommonAncestor);
    }

    /// <summary>Takes the descendants out: stored ones are marked, those of this batch forgotten.</summary>
    private void RemoveDescendants(Bytes32 headerHash)
    {
        var gone = new HashSet<Bytes32> { headerHash };
        foreach (var descendant in _state.DescendantsOf(headerHash))
        {
            // One that this batch removed and received again hangs below as one of its own.
            if (_removed.Add(descendant.HeaderHash) || !_written.ContainsKey(descendant.HeaderHash))
                gone.Add(descendant.HeaderHash);
        }

        foreach (var own in InOrder().ToList())
        {
            if (!gone.Contains(own.Record.PrevHeaderHash) || own.Record.HeaderHash == headerHash)
                continue;
            gone.Add(own.Record.HeaderHash);
            _written.Remove(own.Record.HeaderHash);
            _order.Remove(own.Record.HeaderHash);
        }
    }

    private bool IsKnown(BlockRecord record) => Contains(record.HeaderHash);

    private bool Contains(Bytes32 headerHash) =>
        _written.ContainsKey(headerHash) || (!_removed.Contains(headerHash) && _state.Contains(headerHash));

    private bool IsUntouched(Bytes32 headerHash) => !_removed.Contains(headerHash) && !_written.ContainsKey(headerHash);
}

/// <summary>What became of a received block.</summary>
/// <param name="Outcome">The result.</param>
/// <param name="Record">The new record if it was added, else null.</param>
/// <param name="Rejection">The broken rule if it is invalid or its parent is in another variant, else null.</param>
public sealed record ReceiveResult(AcceptOutcome Outcome, BlockRecord? Record = null, Rejection? Rejection = null)
{
    /// <summary>True if the block was added, as tip or orphan.</summary>
    public bool IsAdded => Record is not null;
}

/// <summary>Result of switching a stored block to its other variant.</summary>
public enum SwitchKind
{
    /// <summary>Switched.</summary>
    Switched = 1,

    /// <summary>The block is not stored.</summary>
    Unknown,

    /// <summary>It is stored in this variant already.</summary>
    SameVariant,

    /// <summary>It is the genesis block, whose challenge is given, or the other variant breaks a rule.</summary>
    Invalid,
}
