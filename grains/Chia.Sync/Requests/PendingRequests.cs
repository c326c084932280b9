using Chia.Protocol.Primitives;
using Chia.Sync.Peers;
using Chia.Sync.Questions;

namespace Chia.Sync.Requests;

/// <summary>All open requests; keeps the counters of the peers in step.</summary>
internal sealed class PendingRequests(SyncOptions options)
{
    private readonly List<PendingRequest> _open = [];

    /// <summary>How many are open.</summary>
    public int Count => _open.Count;

    /// <summary>All of them have outlasted their peers' patience; true if there are none.</summary>
    public bool AllOverdue => _open.TrueForAll(r => r.Overdue);

    /// <summary>Their earliest deadline.</summary>
    public TimeSpan? NextDeadline
    {
        get
        {
            TimeSpan? next = null;
            foreach (var request in _open)
            {
                if (next is null || request.Deadline < next)
                    next = request.Deadline;
            }

            return next;
        }
    }

    /// <summary>
    /// Records a request that is being sent. Its deadlines come from what was measured of the peer and from constants, never from what a
    /// peer claims: only bytes that arrive give more time (<see cref="Progressed"/>).
    /// </summary>
    public PendingRequest Open(PeerState peer, RequestKind kind, Bytes32 tip, uint first, uint lastNew, uint last, TimeSpan now)
    {
        var silentAt = now + (peer.Answered ? options.AnswerLimit : options.FirstAnswerLimit);
        var overdueAt = now + peer.Patience(options);
        var request = new PendingRequest(peer, kind, tip, first, lastNew, last, now)
        {
            OverdueAt = overdueAt < silentAt ? overdueAt : silentAt,
            SilentAt = silentAt,
        };
        _open.Add(request);
        peer.Open++;
        return request;
    }

    /// <summary>The open request that an answer belongs to; null for one that comes late or that nobody asked for.</summary>
    public PendingRequest? Match(ConnectionId peer, Question answer)
    {
        foreach (var request in _open)
        {
            if (request.Peer.Id == peer && request.Question.Covers(answer))
                return request;
        }

        return null;
    }

    /// <summary>Bytes of an answer arrive: whatever was asked of this peer comes by the same stream, behind it.</summary>
    public void Progressed(ConnectionId peer, TimeSpan now)
    {
        foreach (var request in Of(peer))
        {
            var until = now + options.FirstAnswerLimit;
            if (request.SilentAt < until)
                request.SilentAt = until;
        }
    }

    /// <summary>How many are open for this kind that are, or are not, overdue.</summary>
    public int CountOf(RequestKind kind, bool overdue) => _open.Count(r => r.Kind == kind && r.Overdue == overdue);

    /// <summary>The request is given up, or was answered at some time: if not, its answer may still come.</summary>
    public void Close(PendingRequest request, TimeSpan? answered = null)
    {
        if (!_open.Remove(request))
            return;
        request.Peer.Open--;
        if (request.Overdue)
            request.Peer.Overdue--;
        if (answered is { } at)
            request.Peer.AskedBefore.Answer(request.Question, at);
        else
            request.Peer.AskedBefore.GiveUp(request.Question, request.SentAt);
    }

    /// <summary>The request has outlasted the peer's patience.</summary>
    public static void MarkOverdue(PendingRequest request)
    {
        request.Overdue = true;
        request.Peer.Overdue++;
    }

    /// <summary>Those whose deadline has come.</summary>
    public List<PendingRequest> Due(TimeSpan now) => _open.FindAll(r => r.Deadline <= now);

    /// <summary>Those of a kind.</summary>
    public List<PendingRequest> OfKind(RequestKind kind) => _open.FindAll(r => r.Kind == kind);

    /// <summary>Those of one peer.</summary>
    public List<PendingRequest> Of(ConnectionId peer) => _open.FindAll(r => r.Peer.Id == peer);

    /// <summary>Forgets all, or those of a kind; answers to them will count as late.</summary>
    public void Clear(RequestKind? kind = null)
    {
        foreach (var request in _open.FindAll(r => kind is null || r.Kind == kind))
            Close(request);
    }
}
