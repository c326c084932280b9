using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Sync.Checkpoints;
using Chia.Sync.HashLists;
using Chia.Sync.Peers;
using Chia.Sync.Questions;
using Chia.Sync.Targets;

namespace Chia.Sync.Machine;

// Which target: collecting tips, taking the best, dropping it, ending.
public sealed partial class SyncMachine
{
    private void OnTipAnnounced(SyncEvent.TipAnnounced e)
    {
        var height = e.Block.Height;
        if (_peers.Find(e.Peer) is not { Excluded: false } peer
            || e.Block.HeaderBlock.Challenge is null || height == 0 || height >= _options.MaxHashListLength)
            return;
        var hash = e.Block.HeaderHash();
        peer.Announce(hash, e.Block, _options.AnnouncementsPerPeer);
        if (e.Kind == TipKind.Connected)
            return;
        if (AnswerCheck.Copy(e.Block, height) is { } fault)
            Blame(e.Peer, BlameReason.MalformedTip, BlameKind.BadData, fault);
        else if (_targets.IsCondemned(hash))
            Blame(e.Peer, BlameReason.InvalidChain, BlameKind.Breach, "announced a condemned block");
        else
            Keep(peer, new PotentialTip(e.Peer, hash, e.Block, e.Kind == TipKind.OutOfReach));
    }

    /// <summary>One tip per peer: the heaviest that can still become a target.</summary>
    private void Keep(PeerState peer, PotentialTip tip)
    {
        var replaces = peer.Tip is not { } old || old.Weight <= tip.Weight || old.Weight <= _own.Weight || !_targets.MayTry(old, _now);
        if (replaces && tip.Weight > _own.Weight)
            peer.Tip = tip;
    }

    private bool StepIdle()
    {
        if (_targets.Best(_peers, _own, _now) is null)
            return false;
        _collectUntil = _now + _options.CollectTime;
        Enter(SyncPhase.Collecting);
        return true;
    }

    private bool StepCollecting()
    {
        if (_targets.Best(_peers, _own, _now) is not { } best)
        {
            Enter(SyncPhase.Idle);
            return true;
        }

        var far = best.Height >= (ulong)_own.Height + _options.FarAhead;
        if (!far && !_peers.AllAnnounced() && _now < _collectUntil)
            return false;
        Begin(best);
        return true;
    }

    private void Begin(PotentialTip tip)
    {
        ResetTarget();
        _target = new SyncTarget(tip.HeaderHash, tip.Height, tip.Weight) { Tip = tip };
        Enter(SyncPhase.CheckingTarget);
        Emit(new SyncEffect.CheckTarget(NewQuestion(), tip.HeaderHash, tip.Block));
    }

    private void OnTargetChecked(SyncEvent.TargetChecked e)
    {
        var tip = _target!.Tip!;
        switch (e.Failure)
        {
            case null:
                EnterLists(_target);
                return;
            case FailureScope.Local:
                Drop(TargetFailure.Local, e.Rule);
                return;
            case FailureScope.Target:
                BlameAnnouncers(_target, _ => true, BlameReason.InvalidTip, e.Rule);
                Drop(TargetFailure.InvalidTip, e.Rule, condemned: true);
                return;
            default:
                // Another peer's copy of the same block may be good; this one is not looked at again.
                BlameAnnouncers(_target, other => other.Block.Equals(tip.Block), BlameReason.InvalidTip, e.Rule);
                Emit(new SyncEffect.TargetDropped(tip.HeaderHash, tip.Height, TargetFailure.InvalidTip, e.Rule, [tip.Peer]));
                NextTarget();
                return;
        }
    }

    /// <summary>Gives the target up, remembers that, and tries the next.</summary>
    private void Drop(TargetFailure failure, string? detail, bool condemned = false)
    {
        var target = _target!;
        var announcers = _peers.All.Where(p => p.Announced(target.Hash)).ToList();
        Emit(new SyncEffect.TargetDropped(target.Hash, target.Height, failure, detail, announcers.ConvertAll(p => p.Id)));
        if (failure == TargetFailure.Overtaken)
        {
            foreach (var owing in _requests.OfKind(RequestKind.HeaderHashes))
                _lateLists.Await(target.Hash, owing.Peer.Id);
        }

        if (failure == TargetFailure.Unanswered)
        {
            foreach (var peer in announcers.Where(p => p is { Answered: false, Silent: true }))
                Blame(peer.Id, BlameReason.AnnouncedButSilent, BlameKind.Unhelpful, target.Hash.ToString());
        }

        // Whatever it answered, and whoever is to blame: or one connection, with one claim after the other, would always come first.
        announcers.ForEach(peer => peer.Disappointments++);
        _targets.Remember(target.Hash, failure, condemned, _now, announcers.Select(p => p.Id));
        // The last header's challenge was pinned by no successor.
        _verified.TruncateFrom(target.Height);
        Emit(new SyncEffect.ClearSyncCollection());
        NextTarget();
    }

    private void NextTarget()
    {
        if (_targets.Best(_peers, _own, _now) is { } best)
            Begin(best);
        else
            Finish(SyncOutcome.NoTargetLeft);
    }

    private void Finish(SyncOutcome outcome)
    {
        var hash = _target?.Hash;
        if (outcome == SyncOutcome.Reached)
            _verified.Clear();
        else if (_target is { } target)
            _verified.TruncateFrom(target.Height);
        ResetTarget();
        Enter(SyncPhase.Idle);
        Emit(new SyncEffect.ClearSyncCollection());
        Emit(new SyncEffect.Finished(outcome, hash, TakeLeftovers()));
    }

    /// <summary>
    /// Better tips that need no synchronisation go back to ordinary handling; wanted ones stay, worse or failed ones are forgotten.
    /// </summary>
    private List<PotentialTip> TakeLeftovers()
    {
        var leftovers = new List<PotentialTip>();
        foreach (var peer in _peers.All)
        {
            if (peer.Tip is not { } tip || (tip.Weight > _own.Weight && _targets.IsWanted(tip, _own)))
                continue;
            peer.Tip = null;
            if (tip.Weight > _own.Weight && _targets.MayTry(tip, _now))
                leftovers.Add(tip);
        }

        return leftovers;
    }

    private void ResetTarget()
    {
        _target = null;
        _question = null;
        _requests.Clear();
        _peers.ForgetTarget();
    }

    /// <summary>Blames those whose announcement of the target is false, and whose copy was taken, whatever that one has announced
    /// since.</summary>
    private void BlameAnnouncers(SyncTarget target, Func<PotentialTip, bool> isFalse, BlameReason reason, string? detail)
    {
        BlameAll(p => p.Tip is { } tip && tip.HeaderHash == target.Hash && isFalse(tip), reason, detail);
        if (target.Tip is { } taken && isFalse(taken))
            Blame(taken.Peer, reason, BlameKind.Breach, detail);
    }

    private void BlameAll(Func<PeerState, bool> who, BlameReason reason, string? detail)
    {
        foreach (var peer in _peers.All.Where(who).ToList())
            Blame(peer.Id, reason, BlameKind.Breach, detail);
    }

    private void OnResume(SyncEvent.Resume e)
    {
        if (_phase is not (SyncPhase.Idle or SyncPhase.Collecting))
            return;
        var saved = e.Checkpoint;
        ResetTarget();
        _target = new SyncTarget(saved.Target, saved.Height, saved.ClaimedWeight)
        {
            HashList = new HashList(saved.ForkHeight, [.. saved.Hashes], saved.ListDigest) { Restored = true },
            ForkHeight = saved.ForkHeight,
            Stored = e.Stored,
        };
        _verified.Reset(saved.Records);
        if (_own.Weight >= saved.ClaimedWeight)
            Finish(SyncOutcome.CheckpointObsolete);
        else
            AskForkPoint(_target.HashList);
    }

    private void Save()
    {
        var (target, view) = (_target!, _target!.HashList!);
        var records = _verified.Records.Where(r => r.Height > target.ForkHeight).ToArray();
        _nextCheckpoint = _verified.Records.Count + Math.Max(_options.HeadersPerCheckpoint, _verified.Records.Count / 4);
        Emit(new SyncEffect.SaveCheckpoint(new SyncCheckpoint(
            target.Hash, target.Height, target.Weight, target.ForkHeight, view.Digest, view.From(target.ForkHeight).Hashes, records)));
    }

    /// <summary>
    /// Nobody can be asked for what is missing and nothing is under way. Silence is forgiven a few times, unless another target
    /// waits; then the target is given up.
    /// Without any peer everything is kept until one connects.
    /// </summary>
    private bool Stuck(SyncTarget target, string what)
    {
        if (_peers.All.Count == 0)
            return false;
        var another = _targets.Best(_peers, _own, _now, target.Hash) is not null;
        if (!another && target.Forgiven < _options.SilenceRounds && _peers.All.Any(p => p is { Silent: true, Excluded: false }))
        {
            target.ForgiveAt ??= _now + _options.SilenceBackoff;
            if (_now < target.ForgiveAt)
                return false;
            target.ForgiveAt = null;
            target.Forgiven++;
            return _peers.ForgiveSilence();
        }

        Drop(target.FalseLists.Count > 0 ? TargetFailure.FalseChain : TargetFailure.Unanswered, what);
        return true;
    }

    /// <summary>Only peers are left that might have it and keep silent if they have not; another target waits.</summary>
    private bool IsForsaken(SyncTarget target) =>
        !_peers.All.Any(p => !p.Excluded && p.Has(target.Hash)) && _targets.Best(_peers, _own, _now, target.Hash) is not null;

    /// <summary>Identity of the target at hand; for tests and logs.</summary>
    internal Bytes32? TargetHash => _target?.Hash;
}
