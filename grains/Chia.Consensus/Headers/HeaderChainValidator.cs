using System.Diagnostics.CodeAnalysis;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Headers;

/// <summary>
/// Follows an alternative chain by its headers before one block of it is asked for (SYNC.md 7, 6; DECISIONS 11): header hash against the
/// list, parent links, time window, challenge links, heights, difficulty, speed, iterations, weight. Together with
/// <see cref="BlockChecker.CheckHeaders"/>, which may run ahead and in parallel, this proves the claimed weight. Keeps only as many records
/// as the rules look back.
/// </summary>
public sealed class HeaderChainValidator : IAncestry
{
    private readonly IAncestry _own;
    private readonly ContextualRules _rules;
    private readonly IReadOnlyList<Bytes32> _headerHashes;
    private readonly Dictionary<Bytes32, BlockRecord> _recent = [];
    private readonly Queue<Bytes32> _order = new();
    private readonly int _window;

    /// <summary>
    /// Starts behind the fork point. If the first header answers another challenge than the fork point poses, the other chain may be built
    /// on the other variant of that block: <see cref="ChallengeVariants.TryRebuild"/> tells, and the chain is then followed from the
    /// record with that challenge hash.
    /// </summary>
    /// <param name="constants">The network's constants.</param>
    /// <param name="own">Knows the fork point and its ancestors.</param>
    /// <param name="forkPoint">The last common block.</param>
    /// <param name="headerHashes">The list by height, from genesis; entries up to the fork point are not looked at.</param>
    public HeaderChainValidator(
        ConsensusConstants constants, IAncestry own, BlockRecord forkPoint, IReadOnlyList<Bytes32> headerHashes)
    {
        _own = own;
        _rules = new ContextualRules(constants);
        _headerHashes = headerHashes;
        Last = forkPoint;

        // An adjustment looks back h₁ = h − E − L − 1, which is the furthest; the time window is shorter, but it is a parameter.
        _window = Math.Max((int)(constants.DifficultyEpoch + constants.DifficultyDelay + 1), constants.NumberOfTimestamps);
    }

    /// <summary>The last accepted header's record; the fork point at first.</summary>
    internal BlockRecord Last { get; private set; }

    /// <summary>Height of the header that is expected next.</summary>
    internal uint NextHeight => Last.Height + 1;

    /// <summary>True when the list is exhausted.</summary>
    internal bool IsComplete => NextHeight >= _headerHashes.Count;

    /// <summary>Accepts the next header of the chain, or says which rule it breaks; after a rejection the same height is still
    /// expected.</summary>
    public Verdict<BlockRecord> Append(CheckedHeader header, DateTimeOffset now)
    {
        if (IsComplete)
            return Reject(ConsensusRule.HeaderHashList, $"the list ends at height {_headerHashes.Count - 1}");
        if (header.HeaderHash != _headerHashes[(int)NextHeight])
            return Reject(ConsensusRule.HeaderHashList, $"{header.HeaderHash}, the list has {_headerHashes[(int)NextHeight]}");
        var verdict = _rules.ValidateHeader(this, Last, header, now);
        if (!verdict.IsAccepted)
            return Reject(verdict.Rejection.Rule, verdict.Rejection.Detail);
        Remember(verdict.Value);
        return verdict;
    }

    /// <inheritdoc/>
    public bool TryGet(Bytes32 headerHash, [NotNullWhen(true)] out BlockRecord? record) =>
        _recent.TryGetValue(headerHash, out record) || _own.TryGet(headerHash, out record);

    private void Remember(BlockRecord record)
    {
        Last = record;
        _recent.Add(record.HeaderHash, record);
        _order.Enqueue(record.HeaderHash);
        if (_order.Count > _window)
            _recent.Remove(_order.Dequeue());
    }

    private Verdict<BlockRecord> Reject(ConsensusRule rule, string detail) =>
        new(new Rejection(rule, $"header at height {NextHeight}: {detail}"));
}
