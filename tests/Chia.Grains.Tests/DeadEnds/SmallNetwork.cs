using Chia.Cryptography.Bls12381;
using Chia.Cryptography.Plots;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Effects;
using Chia.Grains.Farmer;
using Chia.Grains.FullNode;
using Chia.Grains.Tests.Support;
using Chia.Grains.Timelord;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Grains.Tests.DeadEnds;

/// <summary>
/// A network in virtual time: full nodes in a row, a farmer with a harvester at the first, a timelord at the last. Their minds, the rules
/// and the store are the real ones; plots, keys and proofs of time are made up. The same seed gives the same network.
/// </summary>
internal sealed class SmallNetwork : IAsyncDisposable
{
    public const double ProofsPerPlot = 0.4;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(10);
    private static readonly PrivateKey Pool = PrivateKey.FromSeed("pool"u8);
    private static readonly FarmerKeys Keys = new(PrivateKey.FromSeed("farmer"u8), default, [Pool], default);

    private readonly NetworkDefinition _network = TestNetworks.Of("small40");
    private readonly ManualTime _clock = new();
    private readonly PriorityQueue<Func<Task>, (long At, long Order)> _events = new();
    private readonly List<Node> _nodes = [];
    private readonly List<PoissonPlot> _plots = [];
    private readonly Dictionary<Bytes32, ProofOfSpace> _proofs = [];
    private readonly int _seed;
    private readonly FarmerState _farmer;
    private readonly TimelordScheduler _timelord;
    private readonly Dictionary<long, Evaluation> _evaluations = [];
    private readonly PeerConnection _farmerToNode = Link(Role.Farmer, Role.FullNode, "farmer to node");
    private readonly PeerConnection _farmerToHarvester = Link(Role.Farmer, Role.Harvester, "farmer to harvester");
    private readonly PeerConnection _timelordToNode = Link(Role.Timelord, Role.FullNode, "timelord to node");
    private long _order;

    private SmallNetwork(int plots, int seed)
    {
        _seed = seed;
        var pools = new FarmerIdentity(Keys.FarmerTarget, Keys.PoolPublicKeys);
        _farmer = new FarmerState(new FarmerOptions(), _network.Constants, pools, _clock);
        _timelord = new TimelordScheduler(new TimelordOptions { Slots = 2 }, _network.Constants, _clock);
        for (var i = 0; i < plots; i++)
            AddPlot();
    }

    public int Plots => _plots.Count;

    public TimeSpan BlockTime => TimeSpan.FromSeconds(_network.Constants.BlockTimeTarget);

    public FullNodeStatus Status => _nodes[0].Role.Status();

    public async Task<ChainSnapshot> Chain() => await _nodes[^1].Chain.GetSnapshot();

    public static async Task<SmallNetwork> Start(int plots, int seed, int nodes)
    {
        var network = new SmallNetwork(plots, seed);
        for (var i = 0; i < nodes; i++)
            network._nodes.Add(await network.AddNode(i));
        await network.Connect();
        return network;
    }

    /// <summary>A plot is found while everything runs; nobody is told.</summary>
    public void AddPlot() => _plots.Add(new PoissonPlot(_plots.Count, ProofsPerPlot, Keys.PoolPublicKeys[0], _seed));

    /// <summary>Lets time pass.</summary>
    public async Task Run(TimeSpan span)
    {
        var end = _clock.GetTimestamp() + span.Ticks;
        while (_events.TryPeek(out _, out var next) && next.At <= end)
        {
            var work = _events.Dequeue();
            if (next.At > _clock.GetTimestamp())
                _clock.Advance(TimeSpan.FromTicks(next.At - _clock.GetTimestamp()));
            await work();
        }

        _clock.Advance(TimeSpan.FromTicks(end - _clock.GetTimestamp()));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.Chain.DisposeAsync();
    }

    private static PeerConnection Link(Role local, Role peer, string id) => TestPeers.Connection(local, peer, id);

    private async Task<Node> AddNode(int number)
    {
        var genesis = StreamableExtensions.Decode<FullBlock>(_network.GenesisBytes.Span);
        var genesisProof = genesis.HeaderBlock.ProofOfSpace;
        // Cryptography that costs nothing: what a made-up plot, key or clock made is good. The genesis block's proof is real.
        var proofs = new ScriptedVerifier
        {
            Space = proof => proof.ChallengeHash != genesisProof.ChallengeHash ? proof.Sha256()
                : ProofOfSpaceVerifier.TryGetQuality(proof, out var quality) ? quality : null,
        };
        var chain = await InMemoryChain.Open(_network, proofs, _clock);
        var role = new FullNodeRole(new FullNodeServices(
            chain,
            new InlineValidator(_network.Constants, proofs),
            Fake.Deaf<ISyncGrain>(),
            Fake.Deaf<IPeerDirectoryGrain>(),
            _network,
            new FullNodeOptions(),
            _clock,
            NullLogger.Instance));
        await role.Begin();
        return new Node(number, role, chain);
    }

    private async Task Connect()
    {
        var farming = Link(Role.FullNode, Role.Farmer, "node to farmer");
        var timing = Link(Role.FullNode, Role.Timelord, "node to timelord");
        _nodes[0].Links.Add((farming, message => Tell(() => FarmerHears(message))));
        _nodes[^1].Links.Add((timing, message => Tell(() => TimelordHears(message))));
        for (var i = 1; i < _nodes.Count; i++)
        {
            var (left, right) = (_nodes[i - 1], _nodes[i]);
            var there = Link(Role.FullNode, Role.FullNode, $"{i - 1} to {i}");
            var back = Link(Role.FullNode, Role.FullNode, $"{i} to {i - 1}");
            left.Links.Add((there, message => Tell(() => NodeHears(right, back, message))));
            right.Links.Add((back, message => Tell(() => NodeHears(left, there, message))));
        }

        await Farm(_farmer.Connected(_farmerToHarvester));
        await Farm(_farmer.Connected(_farmerToNode));
        _timelord.Connected(_timelordToNode.ConnectionId, isConfigured: true);
        foreach (var node in _nodes)
        {
            foreach (var (link, _) in node.Links)
                Carry(node, await node.Role.Connected(link));
            Every(TimeSpan.FromSeconds(1), async () => Carry(node, await node.Role.Tick()));
        }

        Every(TimeSpan.FromSeconds(5), () => Farm(_farmer.Tick([])));
        Every(TimeSpan.FromSeconds(0.5), () => Evaluate(_timelord.Tick()));
    }

    private void Every(TimeSpan period, Func<Task> work) => At(period, async () =>
    {
        await work();
        Every(period, work);
    });

    private void At(TimeSpan delay, Func<Task> work) => _events.Enqueue(work, (_clock.GetTimestamp() + delay.Ticks, _order++));

    private void Tell(Func<Task> hears) => At(Latency, hears);

    private async Task NodeHears(Node node, PeerConnection from, Message message) => Carry(node, await node.Role.Handle(from, message));

    private void Carry(Node node, IReadOnlyList<RoleEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case RoleEffect.Send send:
                    node.Links.Single(l => l.Link.ConnectionId == send.To.ConnectionId).Say(send.Message);
                    break;
                case RoleEffect.Broadcast broadcast:
                    foreach (var (link, say) in node.Links.Where(l => l.Link.PeerRole == broadcast.To && l.Link != broadcast.Except))
                        say(broadcast.Message);
                    break;
                case RoleEffect.Start start:
                    Tell(async () => Carry(node, await start.Work()));
                    break;
                case RoleEffect.Penalise penalty:
                    Assert.Fail($"an honest {penalty.Who.PeerRole} is blamed: {penalty.Blame.Reason}");
                    break;
                default:
                    throw new InvalidOperationException($"an honest network has no use for {effect}");
            }
        }
    }

    private Task FarmerHears(Message message)
    {
        switch (message)
        {
            case ProofOfSpaceFinalizedMessage m:
                return Farm(_farmer.Finalized(_farmerToNode, m));
            case HeaderHashMessage m:
                return Farm(_farmer.HeaderMade(_farmerToNode, m));
            case ProofOfTimeRateMessage m:
                _farmer.Rate(_farmerToNode, m.PotEstimateIps);
                return Task.CompletedTask;
            default:
                throw new InvalidOperationException(message.Function);
        }
    }

    private Task Farm(List<RoleEffect> effects)
    {
        Assert.Null(effects.Blame);
        foreach (var (to, message) in effects.Messages)
        {
            if (to == _farmerToHarvester)
                Tell(() => HarvesterHears(message));
            else
                Tell(() => NodeHears(_nodes[0], _nodes[0].Links[0].Link, message));
        }

        return Task.CompletedTask;
    }

    private async Task HarvesterHears(Message message)
    {
        switch (message)
        {
            case NewChallengeMessage m:
                foreach (var proof in _plots.SelectMany(p => p.Proofs(m.ChallengeHash)).ToList())
                {
                    _proofs[proof.Sha256()] = proof;
                    await Farm(
                        _farmer.Answered(_farmerToHarvester, new ChallengeResponseMessage(m.ChallengeHash, proof.Sha256(), proof.Size)));
                }

                break;
            case RequestProofOfSpaceMessage m:
                await Prove(m.Quality);
                break;
            case RequestHeaderSignatureMessage m:
                _farmer.SignatureArrived(_farmerToHarvester, new RespondHeaderSignatureMessage(m.Quality, default), out var signed, out _);
                if (signed is not null)
                    await Farm(_farmer.HeaderSigned(signed, m.HeaderHash, default));
                break;
        }
    }

    private async Task Prove(Bytes32 quality)
    {
        var proof = _proofs[quality];
        await Farm(_farmer.ProofArrived(_farmerToHarvester, new RespondProofOfSpaceMessage(quality, proof), out var found));
        if (found is null)
            return;
        var coinbase = new CoinbaseInfo(found.Challenge.Height + 1, _network.Constants.BlockReward, Keys.PoolTarget);
        await Farm(_farmer.ProofVerified(_farmerToHarvester, found, new VerifiedProof(proof, proof.Sha256(), coinbase, default)));
    }

    private Task TimelordHears(Message message)
    {
        switch (message)
        {
            case ChallengeStartMessage m:
                return Evaluate(_timelord.ChallengeStarted(_timelordToNode.ConnectionId, m.ChallengeHash, m.Weight));
            case ProofOfSpaceInfoMessage m:
                var effects = _timelord.IterationsNeeded(_timelordToNode.ConnectionId, m.ChallengeHash, m.IterationsNeeded, out var made);
                if (made is not null)
                    SayToLast(new ProofOfTimeFinishedMessage(made));
                return Evaluate(effects);
            default:
                throw new InvalidOperationException(message.Function);
        }
    }

    private async Task Evaluate(IReadOnlyList<EvaluationOrder> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case EvaluationOrder.Start start:
                    _evaluations.Add(start.Evaluation, new Evaluation(start.Challenge, _clock.GetTimestamp()));
                    break;
                case EvaluationOrder.Prove prove:
                    var evaluation = _evaluations[prove.Evaluation];
                    var takes = TimeSpan.FromSeconds(prove.Iterations / (double)_network.Constants.VdfIpsStarting);
                    var left = TimeSpan.FromTicks(Math.Max(0, evaluation.StartedAt + takes.Ticks - _clock.GetTimestamp()));
                    At(left, () => Proved(prove.Evaluation, prove.Iterations));
                    break;
                case EvaluationOrder.Stop stop:
                    _evaluations.Remove(stop.Evaluation);
                    Tell(() => Evaluate(_timelord.Ended(stop.Evaluation, hasFailed: false)));
                    break;
            }
        }

        await Task.CompletedTask;
    }

    private Task Proved(long id, ulong iterations)
    {
        if (!_evaluations.TryGetValue(id, out var evaluation))
            return Task.CompletedTask;
        _timelord.Progressed(id, iterations, _network.Constants.VdfIpsStarting);
        var proof = new ProofOfTime(evaluation.Challenge, iterations, new ClassgroupElement(default, default), 2, default);
        var orders = _timelord.Proved(id, proof, out var isWanted);
        if (isWanted)
            SayToLast(new ProofOfTimeFinishedMessage(proof));
        return Evaluate(orders);
    }

    private void SayToLast(Message message)
    {
        var node = _nodes[^1];
        Tell(() => NodeHears(node, node.Links.Single(l => l.Link.PeerRole == Role.Timelord).Link, message));
    }

    private sealed record Node(int Number, FullNodeRole Role, InMemoryChain Chain)
    {
        public List<(PeerConnection Link, Action<Message> Say)> Links { get; } = [];
    }

    private sealed record Evaluation(Bytes32 Challenge, long StartedAt);
}
