using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Sync.HashLists;
using Chia.Sync.Peers;
using Chia.Sync.Questions;
using Chia.Sync.Targets;

namespace Chia.Sync.Machine;

// Hash lists and the fork point.
public sealed partial class SyncMachine
{
    /// <summary>
    /// Asks one peer at a time for the list, another when it lets us wait. How long that is follows no claim of anybody's: a claimed
    /// height costs nothing, bytes that arrive do (DECISIONS 19). When those who announced the target let us wait, another target takes
    /// over; what they still send is kept.
    /// </summary>
    private bool StepLists()
    {
        var target = _target!;
        var candidates = _peers.Candidates(target.Hash, _now).Where(MayGiveList).ToList();
        if (MayBeOvertaken(target, candidates))
        {
            Drop(TargetFailure.Overtaken, "no hash list yet, and another target waits");
            return true;
        }

        if (_requests.CountOf(RequestKind.HeaderHashes, overdue: false) > 0)
            return false;
        if (candidates.MinBy(p => p.ListsLeft) is { } peer)
        {
            target.ForgiveAt = null;
            Send(_requests.Open(peer, RequestKind.HeaderHashes, target.Hash, 0, 0, 0, _now), target.Hash);
            return false;
        }

        return _requests.CountOf(RequestKind.HeaderHashes, overdue: true) == 0
            && Stuck(target, "no peer answers with a hash list that holds");
    }

    /// <summary>Its announcers, or enough of them, have let us wait for the list.</summary>
    private bool MayBeOvertaken(SyncTarget target, List<PeerState> candidates)
    {
        var late = _requests.CountOf(RequestKind.HeaderHashes, overdue: true);
        var othersMayAnswer = candidates.Exists(p => p.Announced(target.Hash))
            || _peers.All.Any(p => p.Open > p.Overdue && p.Announced(target.Hash));
        return late > 0
            && (late >= _options.ListPeers || !othersMayAnswer)
            && _targets.Best(_peers, _own, _now, target.Hash) is not null;
    }

    private bool MayGiveList(PeerState peer) => !peer.Excluded && !peer.Silent && peer.ListsLeft < _options.ListTries;

    private void OnHeaderHashes(SyncEvent.HeaderHashesArrived e)
    {
        // Only its last entry tells what it answers.
        Question? answer = e.Hashes.Count > 0 ? ListOf(e.Hashes[^1]) : null;
        if (Expected(e.Peer, answer) is { } request)
        {
            CountAnswer(request, e.Hashes.Count);
            Weigh(_target!, e.Peer, e.Hashes);
        }
        else if (answer is not null)
        {
            OnLateList(e.Peer, e.Hashes);
        }
    }

    private static Question ListOf(Bytes32 tip) => new(RequestKind.HeaderHashes, tip, 0, 1);

    /// <summary>The list of a target that was overtaken has come after all: the target is worth another try.</summary>
    private void OnLateList(ConnectionId peer, IReadOnlyList<Bytes32> hashes)
    {
        if (!_lateLists.Arrived(peer, hashes))
            return;
        _targets.Revive(hashes[^1], _now);
        if (_peers.Find(peer) is { Disappointments: > 0 } giver)
            giver.Disappointments--;
    }

    /// <summary>Lists that were asked for when the target was taken up before need not be asked for again.</summary>
    private void EnterLists(SyncTarget target)
    {
        Enter(SyncPhase.HeaderHashes);
        foreach (var owing in _lateLists.Resume(target.Hash).Select(_peers.Find).OfType<PeerState>().Where(MayGiveList))
        {
            owing.AskedBefore.Resume(ListOf(target.Hash));
            _requests.Open(owing, RequestKind.HeaderHashes, target.Hash, 0, 0, 0, _now);
        }

        if (_lateLists.Take(target.Hash) is not { } late)
            return;
        if (_peers.Find(late.Peer) is { } giver)
            giver.Answered = true;
        Weigh(target, late.Peer, late.Hashes);
    }

    private void Weigh(SyncTarget target, ConnectionId peer, IReadOnlyList<Bytes32> hashes)
    {
        if (hashes.Count != target.Height + 1L || hashes[0] != _genesis)
        {
            Blame(peer, BlameReason.WrongHashList, BlameKind.Breach, hashes[0] != _genesis ? "genesis" : "length");
            return;
        }

        var digest = HashList.DigestOf(hashes);
        if (target.FalseLists.Contains(digest))
            Blame(peer, BlameReason.FalseChain, BlameKind.Breach, "a list proven false");
        else if (target.HashList is { } view && view.Digest == digest)
            view.Backers.Add(peer);
        else if (target.HashList is null)
            Adopt(target, peer, hashes, digest);
    }

    private void Adopt(SyncTarget target, ConnectionId peer, IReadOnlyList<Bytes32> hashes, Bytes32 digest)
    {
        target.HashList = new HashList(0, [.. hashes], digest);
        target.HashList.Backers.Add(peer);
        AskForkPoint(target.HashList);
    }

    private void AskForkPoint(HashList view)
    {
        Enter(SyncPhase.ForkPoint);
        Emit(new SyncEffect.FindForkPoint(NewQuestion(), _target!.Hash, view.First, view.Hashes));
    }

    private void OnForkPoint(SyncEvent.ForkPointFound e)
    {
        var target = _target!;
        if (e.Fault is { } fault)
        {
            Drop(TargetFailure.Local, fault);
            return;
        }

        if (e.Height is not { } fork || fork < target.HashList!.First)
        {
            if (target.HashList!.Restored)
                Finish(SyncOutcome.CheckpointObsolete);
            else
                RefuteList(target, BlameReason.WrongHashList, "contradicts our own chain", null);
            return;
        }

        if (fork >= target.Height)
        {
            OnAlreadyOurs(target);
            return;
        }

        target.ForkHeight = fork;
        // One entry below the fork point is kept, in case that must be lowered.
        target.HashList = target.HashList.From(Math.Max(target.HashList.First, fork == 0 ? 0 : fork - 1));
        _verified.KeepShared(target.HashList, fork);
        Save();
        EnterHeaders(target);
    }

    /// <summary>The target is an accepted block of ours, so it weighs no more than our tip: a greater claim was a lie.</summary>
    private void OnAlreadyOurs(SyncTarget target)
    {
        if (target.ClaimedWeight <= _own.Weight)
        {
            Finish(SyncOutcome.CaughtUp);
            return;
        }

        BlameAnnouncers(target, tip => tip.Weight > _own.Weight, BlameReason.FalseWeight, "an accepted block");
        Drop(TargetFailure.NotHeavier, "already accepted");
    }

    /// <summary>The list is proven false: all who sent it lied, and whoever sends it again.</summary>
    private void RefuteList(SyncTarget target, BlameReason reason, string detail, ConnectionId? sender)
    {
        target.FalseLists.Add(target.HashList!.Digest);
        foreach (var backer in target.HashList.Backers.ToList())
            Blame(backer, reason, BlameKind.Breach, detail);
        Blame(sender, reason, BlameKind.Breach, detail);
        LeaveList(target);
    }

    /// <summary>Another list is needed. Verified headers stay; they hold whatever list they came by.</summary>
    private void LeaveList(SyncTarget target)
    {
        target.HashList = null;
        target.Headers = null;
        _question = null;
        // A list asked for and still to come may be the right one.
        _requests.Clear(RequestKind.Headers);
        foreach (var peer in _peers.All)
            peer.Contradicts = false;
        Enter(SyncPhase.HeaderHashes);
    }
}
