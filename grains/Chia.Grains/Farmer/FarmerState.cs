using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Effects;
using Chia.Grains.Work;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Farmer;

/// <summary>
/// What a farmer knows (ROLES.md 3): which challenges are open, which qualities were followed up, who asked and who has the plot. Pure:
/// events in, effects out; what takes milliseconds is computed elsewhere and comes back as an event.
/// </summary>
/// <remarks>
/// Other than the reference it remembers whose everything is. A header is asked of the full nodes that announced the challenge, signed by
/// the harvester that delivered the proof, and returned to the full node that made it. All of it is forgotten when the chain has moved on,
/// and nothing is lost when a peer goes and comes back.
/// </remarks>
internal sealed partial class FarmerState
{
    /// <summary>Challenges remembered after they were forgotten, so that late answers are not held against anyone.</summary>
    private const int RemembersForgotten = 1000;

    /// <summary>The same for qualities and proofs that were being followed up: a few a challenge.</summary>
    private const int RemembersWork = 4000;

    private readonly FarmerOptions _options;
    private readonly ConsensusConstants _constants;
    private readonly FarmerIdentity _identity;
    private readonly Bytes32 _farmerTargetHash;
    private readonly TimeProvider _time;
    private readonly Dictionary<ConnectionId, PeerConnection> _harvesters = [];
    private readonly Dictionary<ConnectionId, PeerConnection> _nodes = [];
    private readonly Dictionary<ConnectionId, ulong> _rates = [];
    private readonly Dictionary<Bytes32, FarmerChallenge> _challenges = [];
    private readonly Dictionary<Bytes32, FarmerQuality> _qualities = [];
    private readonly Dictionary<Bytes32, FarmerQuality> _byProof = [];
    private readonly RecentlySeen<Bytes32> _forgotten = new(RemembersForgotten);
    private readonly RecentlySeen<Bytes32> _forgottenWork = new(RemembersWork);
    private ulong _heaviestSeen;
    private long _movedAt;
    private long? _steppedAt;
    private TimeSpan _stepTime;
    private long _proofsFound;
    private long _headersSigned;
    private long _shares;

    public FarmerState(FarmerOptions options, ConsensusConstants constants, FarmerIdentity identity, TimeProvider time)
    {
        _options = options;
        _constants = constants;
        _identity = identity;
        _farmerTargetHash = HashOf(identity.FarmerTarget);
        _time = time;
        _movedAt = time.GetTimestamp();
    }

    /// <summary>The weight of the heaviest challenge that a connected full node has announced.</summary>
    public ulong CurrentWeight
    {
        get
        {
            var weight = 0UL;
            foreach (var challenge in _challenges.Values)
            {
                if (challenge.Announcers.Count > 0)
                    weight = Math.Max(weight, challenge.Weight);
            }

            return weight;
        }
    }

    public FarmerStatus Status()
    {
        var weight = CurrentWeight;
        var current = _challenges.Values.Where(c => c.Announcers.Count > 0 && c.Weight == weight).MinBy(c => c.Since);
        return new FarmerStatus(
            _nodes.Count,
            _harvesters.Count,
            current?.Height,
            weight,
            current?.Hash.ToString() ?? "",
            _challenges.Count,
            _qualities.Count,
            _proofsFound,
            _headersSigned,
            _shares,
            ProofsPerChallenge());
    }

    /// <summary>The newest challenges, newest first.</summary>
    public FarmerChallengeView[] NewestChallenges(int most) =>
    [
        .. _challenges.Values.OrderByDescending(c => c.Since).Take(most).Select(c => new FarmerChallengeView(
            c.Hash.ToString(),
            c.Height,
            c.Weight,
            c.Difficulty,
            _time.GetElapsedTime(c.Since),
            c.Answers,
            c.Qualities.Count,
            c.Qualities.Values.Count(q => q.Proof is not null),
            c.Qualities.Values.Sum(q => q.Headers.Values.Count(h => h.IsSigned)),
            c.Qualities.Count == 0 ? null : c.Qualities.Values.Min(q => q.Iterations))),
    ];

    /// <summary>A peer's handshake is done. A harvester is told the pools, and the challenges that it missed.</summary>
    public List<RoleEffect> Connected(PeerConnection peer)
    {
        if (peer.PeerRole == Role.FullNode)
            _nodes[peer.ConnectionId] = peer;
        if (peer.PeerRole != Role.Harvester)
            return [];
        _harvesters[peer.ConnectionId] = peer;
        List<RoleEffect> effects = [new RoleEffect.Send(peer, new HarvesterHandshakeMessage(_identity.PoolPublicKeys))];
        effects.AddRange(Current().Select(challenge => new RoleEffect.Send(peer, new NewChallengeMessage(challenge.Hash))));
        return effects;
    }

    /// <summary>False for a peer whose connection began before this state did.</summary>
    public bool Knows(PeerConnection peer) =>
        _harvesters.ContainsKey(peer.ConnectionId) || _nodes.ContainsKey(peer.ConnectionId);

    /// <summary>A peer is gone.</summary>
    public List<RoleEffect> Disconnected(PeerConnection peer)
    {
        if (_harvesters.Remove(peer.ConnectionId))
            return HarvesterLost(peer.ConnectionId);
        if (!_nodes.Remove(peer.ConnectionId))
            return [];
        _rates.Remove(peer.ConnectionId);
        foreach (var challenge in _challenges.Values)
            challenge.Announcers.Remove(peer.ConnectionId);
        foreach (var quality in _qualities.Values)
            quality.Headers.Remove(peer.ConnectionId);
        return AskNew();
    }

    /// <summary><c>proof_of_time_rate</c>: each full node's estimate counts for the challenges that it announced.</summary>
    public void Rate(PeerConnection node, ulong iterationsPerSecond)
    {
        if (iterationsPerSecond != 0)
            _rates[node.ConnectionId] = iterationsPerSecond;
    }

    /// <summary><c>proof_of_space_finalized</c>.</summary>
    public List<RoleEffect> Finalized(PeerConnection node, ProofOfSpaceFinalizedMessage message)
    {
        if (message.Difficulty == 0)
            return [new RoleEffect.Penalise(node, Blame.BadData("announced a challenge of difficulty 0"))];
        if (!_challenges.TryGetValue(message.ChallengeHash, out var challenge))
        {
            challenge = new FarmerChallenge(message, _time.GetTimestamp());
            _challenges.Add(message.ChallengeHash, challenge);
            MakeRoom(challenge);
        }

        var isAgain = challenge.Announcers.Contains(node.ConnectionId);
        if (!isAgain)
            challenge.Announcers.Add(node.ConnectionId);
        List<RoleEffect> effects = [.. isAgain ? HeadersAgainFrom(node, challenge) : HeadersFrom(node, challenge)];
        NoteProgress();
        effects.AddRange(AskNew());
        if (challenge.AskedAt is null && IsLeavingDeadEnd())
            effects.AddRange(Ask(challenge));
        return effects;
    }

    /// <summary>Time has passed: forgets what is over, gives up what never came, repeats what may have been lost.</summary>
    /// <param name="givenUp">Receives the qualities given up.</param>
    public List<RoleEffect> Tick(ICollection<Bytes32> givenUp)
    {
        var current = Current();
        foreach (var challenge in _challenges.Values.Where(c => Elapsed(c.Since) > _options.ChallengeAge).Except(current).ToList())
        {
            if (current.Count > 0)
                Forget(challenge);
        }

        var effects = new List<RoleEffect>();
        foreach (var quality in _qualities.Values.Where(q => IsAwaited(q) && Elapsed(q.AskedAt) > _options.ProofTimeout).ToList())
        {
            givenUp.Add(quality.Quality);
            effects.AddRange(GiveUp(quality));
        }

        foreach (var challenge in current)
        {
            if (!challenge.HasAnswer && challenge.AskedAt is { } asked && Elapsed(asked) >= _options.AskAgainAfter)
                effects.AddRange(Ask(challenge));
        }

        effects.AddRange(current.SelectMany(TryAgain));
        effects.AddRange(LeaveDeadEnd());
        return effects;
    }

    /// <summary>32-byte values are hashed once more before they are signed or sent to a pool.</summary>
    private static Bytes32 HashOf(Bytes32 value) => new(System.Security.Cryptography.SHA256.HashData(value.Span));

    private double? ProofsPerChallenge()
    {
        var asked = _challenges.Values.Where(c => c.AskedAt is not null).ToList();
        return asked.Count == 0 ? null : asked.Average(c => (double)c.Answers);
    }

    private TimeSpan Elapsed(long since) => _time.GetElapsedTime(since);

    /// <summary>
    /// The heaviest challenges of each connected full node: only these are put to harvesters (ROLES.md 3.2). Several full nodes may be on
    /// different chains, and none of them keeps the others' from being farmed by naming a greater weight.
    /// </summary>
    private List<FarmerChallenge> Current()
    {
        var heaviest = new Dictionary<ConnectionId, ulong>();
        foreach (var challenge in _challenges.Values)
        {
            foreach (var node in challenge.Announcers)
                heaviest[node] = Math.Max(heaviest.GetValueOrDefault(node), challenge.Weight);
        }

        return [.. _challenges.Values.Where(c => c.Announcers.Exists(node => c.Weight == heaviest[node]))];
    }

    /// <summary>Current challenges that harvesters have not been asked yet: new ones, and lighter ones whose betters are gone.</summary>
    private List<RoleEffect> AskNew() => [.. Current().Where(c => c.AskedAt is null).SelectMany(Ask)];

    private IEnumerable<RoleEffect> Ask(FarmerChallenge challenge)
    {
        challenge.AskedAt = _time.GetTimestamp();
        return [.. _harvesters.Values.Select(h => new RoleEffect.Send(h, new NewChallengeMessage(challenge.Hash)))];
    }

    /// <summary>Room is made by those whose announcers are all gone, then by the full node that brought most: its lightest goes.</summary>
    private void MakeRoom(FarmerChallenge added)
    {
        if (_challenges.Count <= _options.MaxChallenges)
            return;
        var crowd = _challenges.Values.Where(c => c != added).GroupBy(c => c.Announcers.FirstOrDefault())
            .MaxBy(group => (group.Key == default, group.Count()))!;
        Forget(crowd.MinBy(c => (c.Weight, c.Since))!);
    }

    private void Forget(FarmerChallenge challenge)
    {
        _challenges.Remove(challenge.Hash);
        _forgotten.Add(challenge.Hash);
        foreach (var quality in challenge.Qualities.Values)
        {
            _qualities.Remove(quality.Quality);
            _forgottenWork.Add(quality.Quality);
            if (quality.Proof is not { } verified)
                continue;
            _byProof.Remove(verified.PosHash);
            _forgottenWork.Add(verified.PosHash);
        }
    }

    /// <summary>The speed that the challenge's first full node told; that of another, or the start value, if it has not.</summary>
    private ulong Estimate(FarmerChallenge challenge)
    {
        foreach (var node in challenge.Announcers)
        {
            if (_rates.TryGetValue(node, out var rate))
                return rate;
        }

        return _rates.Count > 0 ? _rates.Values.First() : _options.InitialIpsEstimate;
    }

    /// <summary>n ÷ speed &lt; seconds, without rounding.</summary>
    private static bool IsBelow(ulong iterations, ulong iterationsPerSecond, uint seconds) =>
        iterations < (UInt128)iterationsPerSecond * seconds;
}
