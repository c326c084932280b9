using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Sync.Peers;
using Chia.Sync.Questions;
using Chia.Sync.Ranges;
using Chia.Sync.Requests;
using Chia.Sync.Targets;

namespace Chia.Sync.Machine;

// Requests: sending, deadlines, giving up.
public sealed partial class SyncMachine
{
    private void ExpireRequests()
    {
        foreach (var request in _requests.Due(_now))
        {
            if (!request.Overdue)
            {
                Release(request);
                PendingRequests.MarkOverdue(request);
            }

            if (_now < request.SilentAt)
                continue;
            request.Peer.Silent = true;
            CloseRequest(request);
        }
    }

    private void AbandonRequestsOf(ConnectionId peer)
    {
        foreach (var request in _requests.Of(peer))
            CloseRequest(request);
    }

    /// <summary>
    /// The open request that an answer belongs to; null for one that comes late or again, which is ignored. Whoever answers what it was
    /// never asked is found out here, at once: its requests are for others now.
    /// </summary>
    private PendingRequest? Expected(ConnectionId who, Question? answer)
    {
        if (_peers.Find(who) is not { Excluded: false } peer)
            return null;
        if (answer is { } about && _requests.Match(who, about) is { } request)
            return request;
        if (!peer.AskedBefore.Explains(answer, _now))
            Blame(who, BlameReason.WrongAnswer, BlameKind.Breach, answer?.Describe() ?? "an empty answer");
        return null;
    }

    private void CloseRequest(PendingRequest request, TimeSpan? answered = null)
    {
        if (!request.Overdue)
            Release(request);
        switch (request.Kind)
        {
            case RequestKind.Headers:
                _target?.Headers?.Forget(request);
                break;
            case RequestKind.Blocks:
                _target?.Blocks?.Forget(request);
                break;
        }

        _requests.Close(request, answered);
    }

    private void Release(PendingRequest request)
    {
        switch (request.Kind)
        {
            case RequestKind.Headers:
                _target?.Headers?.Release(request);
                break;
            case RequestKind.Blocks:
                _target?.Blocks?.Release(request);
                break;
        }
    }

    /// <summary>A matching answer: the request is over, the peer is alive and has the target.</summary>
    private void CountAnswer(PendingRequest request, int items)
    {
        CloseRequest(request, _now);
        request.Peer.Measure(_now - request.SentAt, items);
        request.Peer.Answered = true;
        request.Peer.Silent = false;
        _lastProgress = _now;
    }

    /// <summary>Gives every peer with free capacity a missing range; true if anything was sent.</summary>
    private bool AssignRanges<T>(SyncTarget target, RangeScheduler<T> ranges, RequestKind kind)
        where T : class
    {
        var any = false;
        while (AssignOne(target, ranges, kind))
            any = true;
        if (any)
            target.ForgiveAt = null;
        return any;
    }

    private bool AssignOne<T>(SyncTarget target, RangeScheduler<T> ranges, RequestKind kind)
        where T : class
    {
        var limit = kind == RequestKind.Headers ? _options.HeadersPerRequest : _options.BlocksPerRequest;
        foreach (var peer in _peers.Candidates(target.Hash, _now))
        {
            var certain = peer.Has(target.Hash);
            if (ranges.Next(peer.Id, limit, fromEnd: !certain) is not var (first, lastNew))
                continue;
            var last = lastNew;
            if (kind == RequestKind.Headers && lastNew < target.Height)
            {
                // One header more than needed pins the challenge of the last one needed; within the limit of 25.
                last = lastNew - first + 1 < limit ? lastNew + 1 : lastNew--;
            }

            var request = _requests.Open(peer, kind, target.Hash, first, lastNew, last, _now);
            ranges.Claim(request);
            Send(request, target.Hash);
            return true;
        }

        return false;
    }

    private void Send(PendingRequest request, Bytes32 tip) => Emit(request.Kind switch
    {
        RequestKind.HeaderHashes => new SyncEffect.RequestHeaderHashes(request.Peer.Id, tip),
        RequestKind.Headers => new SyncEffect.RequestHeaders(request.Peer.Id, tip, request.First, request.Count),
        _ => new SyncEffect.RequestBlocks(request.Peer.Id, tip, request.First, request.Count),
    });
}
