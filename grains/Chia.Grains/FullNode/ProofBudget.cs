using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>
/// How much a peer may cost with proofs of time that complete nothing here (DECISIONS 13). Verifying one takes ten milliseconds and more,
/// sending one takes nothing.
/// </summary>
internal sealed class ProofBudget(TimeSpan blockTime, TimeProvider time)
{
    /// <summary>Proofs for one challenge that are verified although no unfinished block of ours waits for them: a tip has a few children
    /// at most.</summary>
    public const int PerChallenge = 8;

    /// <summary>Of these, how many of one peer.</summary>
    public const int PerPeer = 2;

    /// <summary>
    /// Useless proofs that a peer may send in a block time. An honest one passes every proof on once, so that most are late for whoever
    /// has several peers; three tips with a few children each make no more.
    /// </summary>
    public const int UselessPerBlockTime = 10;

    private readonly Dictionary<Bytes32, List<ConnectionId>> _verified = [];
    private readonly Dictionary<ConnectionId, (double Left, long At)> _allowances = [];

    /// <summary>True if one more proof for the challenge of a tip may be verified for a peer.</summary>
    public bool TryVerify(Bytes32 challenge, ConnectionId peer, ChainSnapshot chain)
    {
        foreach (var past in _verified.Keys.Where(c => !Array.Exists(chain.Tips, tip => tip.ChallengeHash == c)).ToList())
            _verified.Remove(past);
        if (!_verified.TryGetValue(challenge, out var peers))
            _verified[challenge] = peers = [];
        if (peers.Count >= PerChallenge || peers.Count(p => p == peer) >= PerPeer)
            return false;
        peers.Add(peer);
        return true;
    }

    /// <summary>A peer sent a useless proof. False if it sends more of them than any honest one.</summary>
    public bool Tolerate(ConnectionId peer)
    {
        var (left, at) = _allowances.GetValueOrDefault(peer, (UselessPerBlockTime, time.GetTimestamp()));
        left = Math.Min(UselessPerBlockTime, left + (time.GetElapsedTime(at) / blockTime * UselessPerBlockTime));
        _allowances[peer] = (Math.Max(0, left - 1), time.GetTimestamp());
        return left >= 1;
    }

    /// <summary>A peer is gone.</summary>
    public void Forget(ConnectionId peer) => _allowances.Remove(peer);
}
