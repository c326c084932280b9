using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Sync.Tests.Support;

/// <summary>A virtual network with peers of given behaviours around one chain, and the verdicts at its end.</summary>
internal sealed class SmallWorld
{
    private readonly VectorChain _chain;
    private readonly VectorChain _forged;
    private readonly PeerBehaviour[] _behaviours;
    private readonly Random _random;
    private readonly Dictionary<ConnectionId, VirtualPeer> _everyone = [];

    public SmallWorld(int seed, VectorChain chain, VectorChain start, PeerBehaviour[] firstOnes, PeerBehaviour[] behaviours)
    {
        _random = new Random(seed + 1);
        _chain = chain;
        _behaviours = behaviours;
        var fork = (uint)_random.Next(0, (int)chain.Height - 2);
        _forged = chain.Forge(fork, chain.Height + (uint)_random.Next(0, 30), 1000);
        Net = new VirtualNetwork(seed, new SyncOptions(), start, [chain]);
        Net.Own.PassAlone.Add(_forged.TipHash);
        foreach (var peer in Peers("a"))
            Net.Connect(peer, TimeSpan.FromMilliseconds(firstOnes.Contains(peer.Behaviour) ? 0 : _random.Next(5000)), TipKind.OutOfReach);
    }

    public VirtualNetwork Net { get; }

    public bool Done => Net.Own.Accepted(_chain.TipHash);

    public void RunForEventsThenRestart(int events, TimeSpan limit)
    {
        var until = Net.Events + events;
        Net.RunUntil(() => Done || Net.Events >= until, Net.Now + limit);
        if (!Done)
            Net.Restart(Peers($"r{until}-"));
    }

    public void RunToTheEnd(TimeSpan limit)
    {
        Net.RunUntil(() => Done && Net.Outcomes.Count > 0 && Net.Machine.Phase == SyncPhase.Idle, Net.Now + limit);
        foreach (var blame in Net.Blames)
            Assert.False(_everyone[blame.Peer].IsHonest, $"blamed an honest peer: {_everyone[blame.Peer].Behaviour} {blame}");
    }

    private List<VirtualPeer> Peers(string prefix)
    {
        var peers = new List<VirtualPeer>();
        foreach (var behaviour in _behaviours)
        {
            var peer =
                new VirtualPeer(ConnectionId.Parse($"{prefix}{peers.Count}"), behaviour, _chain, _forged, new Random(_random.Next()));
            _everyone[peer.Id] = peer;
            peers.Add(peer);
        }

        return peers;
    }
}
