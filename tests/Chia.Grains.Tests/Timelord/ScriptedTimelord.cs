using System.Buffers.Binary;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Tests.Support;
using Chia.Grains.Timelord;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Grains.Tests.Timelord;

/// <summary>
/// A scheduler whose evaluations are played by the test. After every event it holds that no more evaluations compute than there are slots,
/// none is told anything twice or after its end, and a challenge has at most one. There are no head starts unless they are configured.
/// </summary>
internal sealed class ScriptedTimelord
{
    public const string Node = "node";

    private readonly TimelordScheduler _scheduler;
    private readonly TimelordOptions _options;
    private readonly Dictionary<long, Played> _evaluations = [];

    public ScriptedTimelord(int slots, Action<TimelordOptions>? configure = null)
    {
        _options = new TimelordOptions { Slots = slots, HeadStartIterations = 0 };
        configure?.Invoke(_options);
        _scheduler = new TimelordScheduler(_options, Constants, Clock);
        _scheduler.Connected(ConnectionId.Parse(Node), isConfigured: false);
    }

    public static ConsensusConstants Constants { get; } = new();

    public ManualTime Clock { get; } = new();

    /// <summary>Everything broadcast.</summary>
    public List<ProofOfTime> Sent { get; } = [];

    public List<Bytes32> GivenUp { get; } = [];

    /// <summary>Challenges with an evaluation that was not told to stop, oldest evaluation first.</summary>
    public IEnumerable<Bytes32> Evaluated =>
        _evaluations.OrderBy(e => e.Key).Where(e => !e.Value.IsStopping).Select(e => e.Value.Challenge);

    /// <summary>Challenges whose evaluation was told to stop and has not ended.</summary>
    public IEnumerable<Bytes32> Stopping => _evaluations.Values.Where(e => e.IsStopping).Select(e => e.Challenge);

    /// <summary>Challenges that are squared though nothing is to be proven for them, oldest evaluation first.</summary>
    public IEnumerable<Bytes32> Ahead => _evaluations.OrderBy(e => e.Key).Where(e => e.Value.IsAhead).Select(e => e.Value.Challenge);

    public int Started { get; private set; }

    public static Bytes32 Challenge(int number)
    {
        var bytes = new byte[Bytes32.Size];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return new Bytes32(bytes);
    }

    public static ProofOfTime Proof(Bytes32 challenge, ulong iterations) =>
        new(challenge, iterations, new ClassgroupElement(default, default), 2, default);

    public void Connect(string node, bool isConfigured = false) => _scheduler.Connected(ConnectionId.Parse(node), isConfigured);

    public void Lose(string node) => _scheduler.Disconnected(ConnectionId.Parse(node));

    public void Announce(int challenge, ulong weight, string node = Node) => Announce(Challenge(challenge), weight, node);

    public void Announce(Bytes32 challenge, ulong weight, string node = Node) =>
        Carry(_scheduler.ChallengeStarted(ConnectionId.Parse(node), challenge, weight));

    public ProofOfTime? Need(int challenge, ulong iterations, string node = Node) => Need(Challenge(challenge), iterations, node);

    public ProofOfTime? Need(Bytes32 challenge, ulong iterations, string node = Node)
    {
        Carry(_scheduler.IterationsNeeded(ConnectionId.Parse(node), challenge, iterations, out var made));
        return made;
    }

    public void Prove(int challenge, ulong iterations) => Prove(Proof(Challenge(challenge), iterations));

    /// <summary>The challenge's evaluation makes a proof that it was asked for.</summary>
    public void Prove(ProofOfTime proof)
    {
        var (id, evaluation) = _evaluations.Single(e => e.Value.Challenge == proof.ChallengeHash);
        Assert.True(evaluation.Wanted.Remove(proof.NumberOfIterations));
        var orders = _scheduler.Proved(id, proof, out var isWanted);
        Assert.True(isWanted);
        Assert.DoesNotContain(Sent, p => (p.ChallengeHash, p.NumberOfIterations) == (proof.ChallengeHash, proof.NumberOfIterations));
        Sent.Add(proof);
        Carry(orders);
    }

    /// <summary>The challenge's evaluation, which was told to stop, ends.</summary>
    public void End(int challenge)
    {
        var (id, evaluation) = Of(challenge);
        Assert.True(evaluation.IsStopping);
        _evaluations.Remove(id);
        Carry(_scheduler.Ended(id, hasFailed: false));
    }

    public void EndAll()
    {
        while (_evaluations.Where(e => e.Value.IsStopping).Select(e => e.Key).DefaultIfEmpty().Min() is not 0 and var id)
        {
            _evaluations.Remove(id);
            Carry(_scheduler.Ended(id, hasFailed: false));
        }
    }

    public void Fail(int challenge)
    {
        var (id, _) = Of(challenge);
        _evaluations.Remove(id);
        Carry(_scheduler.Ended(id, hasFailed: true));
    }

    public void Progress(int challenge, ulong iterations, double iterationsPerSecond = 1000)
    {
        var (id, evaluation) = Of(challenge);
        evaluation.Iterations = iterations;
        _scheduler.Progressed(id, iterations, iterationsPerSecond);
    }

    /// <summary>Whatever squares comes so much further.</summary>
    public void Square(ulong iterations)
    {
        foreach (var (id, evaluation) in _evaluations.Where(e => e.Value.IsAhead || e.Value.Wanted.Count > 0))
        {
            evaluation.Iterations += iterations;
            _scheduler.Progressed(id, evaluation.Iterations, 1000);
        }
    }

    public void Tick(TimeSpan later)
    {
        Clock.Advance(later);
        Carry(_scheduler.Tick());
    }

    /// <summary>What the challenge's evaluation is to prove.</summary>
    public ulong[] Wanted(int challenge) => [.. Of(challenge).Evaluation.Wanted.Order()];

    /// <summary>How far the challenge's evaluation may square though nothing is to be proven.</summary>
    public ulong HeadStart(int challenge) => Of(challenge).Evaluation.HeadStart;

    public IEnumerable<(Bytes32 Challenge, ulong Iterations)> AllTold() =>
        _evaluations.Values.Where(e => !e.IsStopping).SelectMany(e => e.Wanted.Select(n => (e.Challenge, n)));

    public TimelordStatus Status() => _scheduler.Status();

    public TimelordChallengeStatus Status(int challenge) =>
        Status().Challenges.Single(c => c.Challenge == Challenge(challenge).ToString());

    private (long Id, Played Evaluation) Of(int challenge)
    {
        var (id, evaluation) = _evaluations.Single(e => e.Value.Challenge == Challenge(challenge));
        return (id, evaluation);
    }

    private void Carry(IReadOnlyList<EvaluationOrder> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case EvaluationOrder.Start start:
                    Assert.DoesNotContain(_evaluations.Values, e => e.Challenge == start.Challenge);
                    _evaluations.Add(start.Evaluation, new Played(start.Challenge));
                    Started++;
                    break;
                case EvaluationOrder.Prove prove:
                    var told = _evaluations[prove.Evaluation];
                    Assert.False(told.IsStopping);
                    Assert.DoesNotContain(prove.Iterations, told.EverTold);
                    told.EverTold.Add(prove.Iterations);
                    told.Wanted.Add(prove.Iterations);
                    break;
                case EvaluationOrder.SquareAhead ahead:
                    var squaring = _evaluations[ahead.Evaluation];
                    Assert.False(squaring.IsStopping);
                    Assert.NotEqual(ahead.Iterations, squaring.HeadStart);
                    squaring.HeadStart = ahead.Iterations;

                    // None begins just to be ahead when there are as many as there may ever be without anything to prove.
                    if (effects.Any(e => e is EvaluationOrder.Start start && start.Evaluation == ahead.Evaluation))
                        Assert.InRange(_evaluations.Count, 0, _options.Slots + _options.MaxIdleEvaluations);
                    break;
                case EvaluationOrder.Stop stop:
                    Assert.False(_evaluations[stop.Evaluation].IsStopping);
                    _evaluations[stop.Evaluation].IsStopping = true;
                    break;
                case EvaluationOrder.GiveUp given:
                    GivenUp.Add(given.Challenge);
                    break;
            }
        }

        Assert.InRange(_evaluations.Values.Count(e => e.IsAhead || e.Wanted.Count > 0), 0, _options.Slots);
        Assert.InRange(
            _evaluations.Values.Count(e => e is { IsStopping: false, HeadStart: 0, Wanted.Count: 0 }), 0, _options.MaxIdleEvaluations);
    }

    private sealed class Played(Bytes32 challenge)
    {
        public Bytes32 Challenge => challenge;

        public HashSet<ulong> Wanted { get; } = [];

        public HashSet<ulong> EverTold { get; } = [];

        public ulong HeadStart { get; set; }

        public ulong Iterations { get; set; }

        public bool IsStopping { get; set; }

        public bool IsAhead => !IsStopping && Wanted.Count == 0 && Iterations < HeadStart;
    }
}
