using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Sync.HashLists;
using Chia.Sync.Peers;
using Chia.Sync.Questions;
using Chia.Sync.Ranges;
using Chia.Sync.Requests;
using Chia.Sync.Targets;

namespace Chia.Sync.Machine;

// Headers: fetched by ranges, verified in order, until they prove the target's weight (DECISIONS 11).
public sealed partial class SyncMachine
{
    private void EnterHeaders(SyncTarget target)
    {
        target.Headers = new RangeScheduler<HeaderBlock>((_verified.Last ?? target.ForkHeight) + 1, target.Height, _options.HeaderWindow);
        CountAnew();
        Enter(SyncPhase.Headers);
        if (target.Headers.Done)
            OnHeadersProven(target);
    }

    private bool StepHeaders()
    {
        var (target, headers) = (_target!, _target!.Headers!);
        if (GaveWayToAnother(target, "headers"))
            return true;
        if (_question is null && _requests is { Count: > 0, AllOverdue: true } && headers.Committed == target.ForkHeight
            && _targets.Best(_peers, _own, _now, target.Hash) is not null)
        {
            Drop(TargetFailure.Overtaken, "no header yet, and another target waits");
            return true;
        }

        if (_question is null && headers.Ready(_options.HeadersPerCheck) is { Count: > 0 } ready)
            Emit(new SyncEffect.CheckHeaders(NewQuestion(ready.Count), target.Hash, headers.Committed + 1, ready));
        if (AssignRanges(target, headers, RequestKind.Headers) || _question is not null || !_requests.AllOverdue)
            return false;
        if (AnotherListMayHelp(target))
            return true;
        return _requests.Count == 0 && Stuck(target, $"no peer serves header {headers.FirstMissing}");
    }

    /// <summary>
    /// While another target waits, a trickle must not keep us busy for ever: neither of headers, nor of the blocks behind headers that
    /// hold: those are checked without their proofs of time, and so can be made up.
    /// </summary>
    private bool GaveWayToAnother(SyncTarget target, string items)
    {
        if (_question is not null || !_supply.IsTooSlow || _targets.Best(_peers, _own, _now, target.Hash) is null)
            return false;
        Drop(TargetFailure.TooSlow, $"hardly any {items} come");
        return true;
    }

    /// <summary>
    /// Nobody serves the list in use in time. Whoever contradicts it may know a better one; without such a peer only when all hope is
    /// gone. Its backers may merely be slow, so their list is taken up again when the others' have led nowhere.
    /// </summary>
    private bool AnotherListMayHelp(SyncTarget target)
    {
        var backers = target.HashList!.Backers;
        var others = _peers.All.Where(p => MayGiveList(p) && !backers.Contains(p.Id)).ToList();
        if (others.Count == 0 || (_requests.Count > 0 && !others.Exists(p => p.Contradicts)))
            return false;
        foreach (var peer in _peers.All.Where(p => backers.Contains(p.Id)))
            peer.ListsLeft++;
        LeaveList(target);
        return true;
    }

    private void OnHeaders(SyncEvent.HeadersArrived e)
    {
        Question? answer = e.Headers is [{ Challenge: { } first }, ..]
            ? new Question(RequestKind.Headers, e.Tip, first.Height, e.Headers.Count)
            : null;
        if (Expected(e.Peer, answer) is not { } request)
            return;
        var target = _target!;
        CountAnswer(request, e.Headers.Count);
        if (AnswerCheck.Headers(target.HashList!, request.First, e.Headers) is { } fault)
            OnHeaderFault(target, request.Peer, fault);
        else
            KeepHeaders(target, request, e.Headers);
    }

    private static void KeepHeaders(SyncTarget target, PendingRequest request, IReadOnlyList<HeaderBlock> headers)
    {
        var reachesTarget = request.First + (uint)headers.Count - 1 == target.Height;
        var pinned = reachesTarget ? headers.Count : headers.Count - 1;
        if (pinned == 0)
            target.Headers!.Fail(request.Peer.Id, request.First, request.LastNew);
        for (var i = 0; i < pinned; i++)
            target.Headers!.Put(request.First + (uint)i, headers[i], request.Peer.Id);
    }

    private void OnHeaderFault(SyncTarget target, PeerState peer, AnswerFault fault)
    {
        var detail = $"{fault.Detail} at {fault.Height}";
        switch (fault.Kind)
        {
            case AnswerFaultKind.NotOnList when target.HashList!.Backers.Contains(peer.Id):
                Blame(peer.Id, BlameReason.WrongHeaders, BlameKind.Breach, detail);
                break;
            case AnswerFaultKind.NotOnList:
                // The list may be the lie. Judged when it is proven or refuted.
                peer.Contradicts = true;
                AbandonRequestsOf(peer.Id);
                break;
            case AnswerFaultKind.ListBroken:
                RefuteList(target, BlameReason.FalseChain, detail, null);
                break;
            default:
                Blame(peer.Id, BlameReason.InvalidHeaderCopy, BlameKind.Breach, detail);
                break;
        }
    }

    private void OnHeadersChecked(SyncEvent.HeadersChecked e)
    {
        var (target, headers) = (_target!, _target!.Headers!);
        if (e.Records.Count > _inQuestion || (e.Failure is null && e.Records.Count != _inQuestion))
            throw new InvalidOperationException($"{e.Records.Count} records for {_inQuestion} headers");
        foreach (var record in e.Records)
            _verified.Add(record);
        Count(e.Records.Count);
        headers.Commit(headers.Committed + (uint)e.Records.Count);
        if (e.Failure is { } scope)
            OnHeaderFailed(target, headers.Committed + 1, scope, e.Rule);
        else if (headers.Done)
            OnHeadersProven(target);
        else if (_verified.Records.Count >= _nextCheckpoint)
            Save();
    }

    private void OnHeaderFailed(SyncTarget target, uint height, FailureScope scope, string? rule)
    {
        var sender = target.Headers!.SenderOf(height);
        var detail = $"{rule} at {height}";
        if (scope == FailureScope.ForkPoint && LowerForkPoint(target, height))
            return;
        switch (scope)
        {
            case FailureScope.Local:
                Drop(TargetFailure.Local, detail);
                break;
            case FailureScope.Copy:
                target.Headers.Reject(height);
                if (sender is { } who)
                    target.Headers.Fail(who, height, height);
                Blame(sender, BlameReason.InvalidHeaderCopy, BlameKind.Breach, detail);
                break;
            default:
                if (height == target.Height)
                    Condemn(target, detail);
                else
                    RefuteList(target, BlameReason.InvalidChain, detail, sender);
                break;
        }
    }

    /// <summary>Takes the block at the fork point from the peers too, once; false if that is no way out.</summary>
    private bool LowerForkPoint(SyncTarget target, uint height)
    {
        if (target.ForkLowered || target.ForkHeight == 0 || height != target.ForkHeight + 1)
            return false;
        target.ForkLowered = true;
        target.ForkHeight--;
        _verified.Clear();
        _requests.Clear();
        if (target.HashList!.First > target.ForkHeight)
            LeaveList(target);
        else
            EnterHeaders(target);
        return true;
    }

    /// <summary>The headers link our chain to the target by the rules: the list is a fact now, and the weight is known.</summary>
    private void OnHeadersProven(SyncTarget target)
    {
        target.HashList!.Proven = true;
        BlameAll(p => p.Contradicts, BlameReason.WrongHeaders, "contradicts the proven chain");
        var weight = _verified.At(target.Height)!.TotalWeight;
        target.ProvenWeight = weight;
        BlameAnnouncers(target, tip => tip.Weight != weight, BlameReason.FalseWeight, $"true weight {weight}");
        if (weight <= _own.Weight)
        {
            Drop(TargetFailure.NotHeavier, $"true weight {weight}");
            return;
        }

        _requests.Clear();
        target.Headers = null;
        Save();
        EnterBlocks(target);
    }

    /// <summary>The target itself is proven invalid: all who vouched for it lied.</summary>
    private void Condemn(SyncTarget target, string detail)
    {
        BlameAll(p => p.Has(target.Hash), BlameReason.InvalidChain, detail);
        Drop(TargetFailure.InvalidChain, detail, condemned: true);
    }
}
