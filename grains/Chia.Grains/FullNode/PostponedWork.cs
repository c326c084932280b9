using Chia.GrainInterfaces.Peers;
using Chia.Grains.Clusters;
using Chia.Grains.Effects;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.FullNode;

/// <summary>
/// What peers said, and greetings that they are owed, that could not be seen to while chain, validators or sync did not answer: nobody
/// says it again, and a lost proof of time or signature is a lost block. It is tried again, first come first.
/// </summary>
internal sealed class PostponedWork(ILogger log)
{
    /// <summary>Pieces kept, 2 kB each: what farmers and timelords of one node say in a minute, and its peers' gossip beside.</summary>
    private const int Capacity = 64;

    private readonly List<Piece> _pieces = [];

    public int Count => _pieces.Count;

    /// <summary>Sees to what a peer said, now or later.</summary>
    /// <param name="peer">Whose it is.</param>
    /// <param name="what">For the log.</param>
    /// <param name="work">May be done again after it has failed.</param>
    public Task<List<RoleEffect>> Do(PeerConnection peer, string what, Func<Task<List<RoleEffect>>> work) =>
        DoOrKeep(new Piece(peer, what, IsGreeting: false, work));

    /// <summary>Greets a peer, now or, if it is still there, later.</summary>
    public Task<List<RoleEffect>> Greet(PeerConnection peer, Func<Task<List<RoleEffect>>> work) =>
        DoOrKeep(new Piece(peer, "the greeting", IsGreeting: true, work));

    /// <summary>Tries it again, up to the first piece that still cannot be done, which goes behind the others.</summary>
    public async Task<List<RoleEffect>> Retry()
    {
        var effects = new List<RoleEffect>();
        while (_pieces.Count > 0)
        {
            var piece = _pieces[0];
            _pieces.RemoveAt(0);
            try
            {
                effects.AddRange(await piece.Work());
            }
            catch (Exception error) when (ClusterMoves.Explains(error))
            {
                Keep(piece);
                break;
            }
            catch (Exception error)
            {
                FullNodeLog.WorkFailed(log, error, piece.What, piece.Peer.Describe());
            }
        }

        return effects;
    }

    /// <summary>A peer is gone: it needs no greeting any more. What it said is seen to all the same.</summary>
    public void Forget(PeerConnection peer) =>
        _pieces.RemoveAll(piece => piece.IsGreeting && piece.Peer.ConnectionId == peer.ConnectionId);

    private async Task<List<RoleEffect>> DoOrKeep(Piece piece)
    {
        try
        {
            return await piece.Work();
        }
        catch (Exception error) when (ClusterMoves.Explains(error))
        {
            FullNodeLog.WorkPostponed(log, piece.What, piece.Peer.Describe(), error.Message);
            Keep(piece);
            return [];
        }
    }

    /// <summary>Gossip of full nodes, which anybody may be, makes room for what our own farmers and timelords say; never the other way
    /// round.</summary>
    private void Keep(Piece piece)
    {
        if (_pieces.Count == Capacity)
        {
            var dropped = _pieces.FindIndex(known => known.Peer.PeerRole == Role.FullNode);
            if (dropped < 0 && piece.Peer.PeerRole == Role.FullNode)
                return;
            _pieces.RemoveAt(Math.Max(0, dropped));
        }

        _pieces.Add(piece);
    }

    private sealed record Piece(PeerConnection Peer, string What, bool IsGreeting, Func<Task<List<RoleEffect>>> Work);
}
