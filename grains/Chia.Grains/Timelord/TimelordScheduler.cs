using Chia.GrainInterfaces.Roles;
using Chia.Grains.Chain;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Timelord;

/// <summary>
/// Which challenges a timelord evaluates (ROLES.md 5.1 to 5.6): every event returns what is to be done about it. Pure; the clock is
/// injected.
/// </summary>
/// <remarks>
/// It follows the reference's rules – heaviest first, a heavier challenge replaces a lighter one, three proofs settle a weight – with
/// these differences, none of which a full node notices but by getting its proofs (ROLES.md 12): a challenge takes up a slot only while it
/// has something to prove, so that one tip without a proof of space does not keep the others waiting (in a slot that is free it is squared
/// ahead, as far as the options allow, until somebody needs the slot); nothing is done for good: a challenge that had to go waits again,
/// as long as it belongs to a tip of a full node; a full node that asks for a proof that was made gets it again, as it, or the message,
/// may have been lost meanwhile; a dead end of the chain is left by what was announced below the tips (DECISIONS 16); the slots are shared
/// among full nodes, so that none displaces the challenges of all others; and proofs settle a weight only for full nodes that have
/// announced their challenges: neither one that lost its chain nor one that is cut off from the others, on a lighter chain, has to do
/// without.
/// </remarks>
internal sealed partial class TimelordScheduler
{
    /// <summary>Evaluations of one challenge that may fail before it is given up: a machine that miscalculates once may go on, not one
    /// that always does.</summary>
    private const int MaxFailures = 3;

    /// <summary>Lost connections remembered: a few full nodes, each of which may come and go a few times.</summary>
    private const int MaxLostNodes = 16;

    private readonly TimelordOptions _options;
    private readonly int _slots;
    private readonly int _tips;
    private readonly TimeProvider _time;
    private readonly ChallengeMemory _challenges;
    private readonly Dictionary<ConnectionId, FullNodeView> _views = [];
    private readonly Dictionary<long, TimelordEvaluation> _evaluations = [];
    private readonly SpeedMeter _speed = new();
    private readonly TimeSpan _pause;
    private ulong? _heaviest;
    private long _busyAt;
    private long _lastEvaluation;
    private long _proofsMade;
    private long _failures;

    /// <param name="options">Bounds and slots.</param>
    /// <param name="constants">The network's: how many tips it has, and how long a block takes.</param>
    /// <param name="time">The clock.</param>
    public TimelordScheduler(TimelordOptions options, ConsensusConstants constants, TimeProvider time)
    {
        _options = options;
        _slots = options.EffectiveSlots;
        _tips = constants.NumberOfHeads;
        _pause = DeadEnd.PauseOf(constants);
        _busyAt = time.GetTimestamp();
        _time = time;
        _challenges = new ChallengeMemory(options.MaxChallenges);
    }

    /// <summary>False for a peer whose connection began before this state did.</summary>
    public bool Knows(ConnectionId node) => _views.ContainsKey(node);

    /// <summary>A full node's handshake is done; it announces its tips next. Told of again, it keeps what it has announced.</summary>
    /// <param name="node">Its connection.</param>
    /// <param name="isConfigured">It is one that we were told to serve.</param>
    public void Connected(ConnectionId node, bool isConfigured)
    {
        if (_views.TryGetValue(node, out var known))
        {
            known.LostAt = null;
            return;
        }

        if (_views.Count(v => v.Value.LostAt is not null) >= MaxLostNodes)
            _views.Remove(_views.Where(v => v.Value.LostAt is not null).MinBy(v => v.Value.LostAt).Key);
        _views[node] = new FullNodeView(_tips, isConfigured);
    }

    /// <summary>A full node is gone. What it wanted is wanted for a while yet.</summary>
    public void Disconnected(ConnectionId node)
    {
        if (_views.TryGetValue(node, out var view))
            view.LostAt = _time.GetTimestamp();
    }

    /// <summary><c>challenge_start</c>.</summary>
    public IReadOnlyList<EvaluationOrder> ChallengeStarted(ConnectionId node, Bytes32 hash, ulong weight)
    {
        if (!_views.TryGetValue(node, out var view))
            return [];
        var challenge = _challenges.Get(hash, node);
        challenge.Weight ??= weight;
        view.Announced(hash, challenge.Weight.Value, challenge.Proofs.Count);
        return Schedule();
    }

    /// <summary><c>proof_of_space_info</c>; the challenge need not be known yet.</summary>
    /// <param name="node">Who asks.</param>
    /// <param name="hash">The challenge.</param>
    /// <param name="iterations">Iterations that an unfinished block needs; what cannot be proven is passed over.</param>
    /// <param name="made">The proof, if it was made before: for the full node that asks.</param>
    public IReadOnlyList<EvaluationOrder> IterationsNeeded(ConnectionId node, Bytes32 hash, ulong iterations, out ProofOfTime? made)
    {
        made = null;
        if (iterations < _options.MinimumIterations || iterations > TimelordOptions.MaximumIterations)
            return [];
        var challenge = _challenges.Get(hash, node);
        if (challenge.Proofs.TryGetValue(iterations, out made) || challenge.Evaluation?.Asked.Contains(iterations) == true)
            return [];
        challenge.Pending.Add(iterations);
        challenge.WantedBy.TryAdd(iterations, node);
        var asked = challenge.Evaluation?.Asked.Count ?? 0;
        if (challenge.Pending.Count + asked > _options.MaxTargets)
            Drop(challenge);
        return Schedule();
    }

    /// <summary>The full node that wants most of a challenge goes without the largest count of those that no evaluation was asked
    /// for.</summary>
    private static void Drop(TimelordChallenge challenge)
    {
        var greedy = challenge.Pending.GroupBy(n => challenge.WantedBy[n]).MaxBy(group => group.Count())!.Max();
        challenge.Pending.Remove(greedy);
        challenge.WantedBy.Remove(greedy);
    }

    /// <summary>An evaluation made a proof, which has been verified.</summary>
    /// <param name="id">The evaluation.</param>
    /// <param name="proof">The proof.</param>
    /// <param name="isWanted">The full nodes are to have it; false if the evaluation was given up before.</param>
    public IReadOnlyList<EvaluationOrder> Proved(long id, ProofOfTime proof, out bool isWanted)
    {
        isWanted = _evaluations.TryGetValue(id, out var evaluation);
        if (evaluation is null)
            return [];
        var challenge = evaluation.Challenge;
        evaluation.Asked.Remove(proof.NumberOfIterations);
        evaluation.HoldsSlot &= evaluation.IsStopping || evaluation.Asked.Count > 0;
        challenge.WantedBy.Remove(proof.NumberOfIterations);
        challenge.Proofs.Add(proof.NumberOfIterations, proof);
        _proofsMade++;
        _speed.Add(evaluation.IterationsPerSecond);
        foreach (var view in _views.Values)
            view.Proved(challenge.Hash);
        return Schedule();
    }

    /// <summary>An evaluation ended: its slot is free, and what it has not proven is still to be proven.</summary>
    /// <param name="id">The evaluation.</param>
    /// <param name="hasFailed">It ended by itself, with an error.</param>
    public IReadOnlyList<EvaluationOrder> Ended(long id, bool hasFailed)
    {
        if (!_evaluations.Remove(id, out var evaluation))
            return [];
        var challenge = evaluation.Challenge;
        challenge.Evaluation = null;
        challenge.Pending.UnionWith(evaluation.Asked);
        if (!hasFailed)
            return Schedule();
        _failures++;
        if (++challenge.Failures < MaxFailures)
            return Schedule();
        return [new EvaluationOrder.GiveUp(challenge.Hash), .. Schedule()];
    }

    /// <summary>Where an evaluation is.</summary>
    public void Progressed(long id, ulong iterations, double iterationsPerSecond)
    {
        if (!_evaluations.TryGetValue(id, out var evaluation))
            return;
        evaluation.Iterations = iterations;
        evaluation.IterationsPerSecond = iterationsPerSecond;
    }

    /// <summary>Time has passed: full nodes that did not return are forgotten, as are those that would find their tips outdated.</summary>
    public IReadOnlyList<EvaluationOrder> Tick()
    {
        var heaviest = _views.Values.Where(v => v.LostAt is null).Max(v => v.Heaviest);
        foreach (var (node, view) in _views)
        {
            // Entries may be removed from a dictionary while it is walked through.
            if (view.LostAt is { } lostAt && (_time.GetElapsedTime(lostAt) > _options.LostNodeGrace || heaviest > view.Heaviest))
                _views.Remove(node);
        }

        return Schedule();
    }

    public TimelordStatus Status()
    {
        var wanted = Known(_views.Values.SelectMany(v => v.Unsettled));
        var challenges = Known(_views.Values.SelectMany(v => v.Challenges)).Union(_evaluations.Values.Select(e => e.Challenge));
        return new TimelordStatus(
            _views.Values.Count(v => v.LostAt is null),
            _slots,
            _evaluations.Values.Count(e => e.HoldsSlot || e is { IsAhead: true, IsStopping: false }),
            _speed.Mean,
            _proofsMade,
            _failures,
            _views.Values.Max(v => v.Settled),
            [.. InOrder(challenges).Select(c => Describe(c, wanted.Contains(c)))]);
    }

    private TimelordChallengeStatus Describe(TimelordChallenge challenge, bool isWanted)
    {
        var evaluation = challenge.Evaluation;
        return new TimelordChallengeStatus(
            challenge.Hash.ToString(),
            challenge.Weight ?? 0,
            StateOf(challenge, isWanted),
            evaluation?.Iterations ?? 0,
            evaluation?.IterationsPerSecond ?? 0,
            challenge.Targets(),
            challenge.Proofs.Count,
            evaluation is null ? TimeSpan.Zero : _time.GetElapsedTime(evaluation.StartedAt));
    }

    private static TimelordChallengeState StateOf(TimelordChallenge challenge, bool isWanted) => challenge switch
    {
        { Evaluation.IsStopping: true } => TimelordChallengeState.Stopping,
        { Evaluation.HoldsSlot: true } => TimelordChallengeState.Running,
        { Failures: >= MaxFailures } => TimelordChallengeState.GivenUp,
        { Evaluation.IsAhead: true } => TimelordChallengeState.Ahead,
        _ when !isWanted => TimelordChallengeState.Settled,
        { Pending.Count: > 0 } => TimelordChallengeState.Waiting,
        _ => TimelordChallengeState.Idle,
    };
}
