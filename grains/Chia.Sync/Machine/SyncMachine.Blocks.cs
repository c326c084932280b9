using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Sync.HashLists;
using Chia.Sync.Peers;
using Chia.Sync.Questions;
using Chia.Sync.Ranges;
using Chia.Sync.Targets;

namespace Chia.Sync.Machine;

// Blocks: fetched by ranges against the proven header chain, applied in order.
public sealed partial class SyncMachine
{
    private void EnterBlocks(SyncTarget target)
    {
        var window = _options.BlockWindow * Math.Max(1, _options.Validators());
        target.Blocks = new RangeScheduler<FullBlock>(target.ForkHeight + 1, target.Height, window);
        foreach (var block in target.Stored)
        {
            var inRange = block.Height > target.ForkHeight && block.Height <= target.Height;
            if (inRange && AnswerCheck.Blocks(target.HashList!, _verified, block.Height, [block]) is null)
                target.Blocks.Put(block.Height, block, sender: null);
        }

        target.Stored = [];
        CountAnew();
        Enter(SyncPhase.Blocks);
    }

    private bool StepBlocks()
    {
        var (target, blocks) = (_target!, _target!.Blocks!);
        if (GaveWayToAnother(target, "blocks"))
            return true;
        if (_question is null && blocks.Ready(_options.BlocksPerApply) is { Count: > 0 } ready)
            Emit(new SyncEffect.ApplyBlocks(NewQuestion(ready.Count), target.Hash, blocks.Committed + 1, ready));
        if (AssignRanges(target, blocks, RequestKind.Blocks) || _question is not null || _requests.Count > 0)
            return false;
        return Stuck(target, $"no peer serves block {blocks.FirstMissing}");
    }

    private void OnBlocks(SyncEvent.BlocksArrived e)
    {
        Question? answer = e.Blocks is [var first, ..]
            ? new Question(RequestKind.Blocks, e.Tip, first.Height, e.Blocks.Count)
            : null;
        if (Expected(e.Peer, answer) is not { } request)
            return;
        var target = _target!;
        CountAnswer(request, e.Blocks.Count);
        if (AnswerCheck.Blocks(target.HashList!, _verified, request.First, e.Blocks) is { } fault)
        {
            var reason = fault.Kind == AnswerFaultKind.NotOnList ? BlameReason.WrongBlocks : BlameReason.InvalidBlockCopy;
            Blame(e.Peer, reason, BlameKind.Breach, $"{fault.Detail} at {fault.Height}");
            return;
        }

        if (target.Blocks!.Needs(request.First) || target.Blocks.Needs(request.LastNew))
            Emit(new SyncEffect.StoreBlocks(target.Hash, request.First, e.Blocks));
        for (var i = 0; i < e.Blocks.Count; i++)
            target.Blocks.Put(request.First + (uint)i, e.Blocks[i], e.Peer);
    }

    private void OnBlocksApplied(SyncEvent.BlocksApplied e)
    {
        var (target, blocks) = (_target!, _target!.Blocks!);
        var end = blocks.Committed + (uint)_inQuestion;
        if (e.Through < blocks.Committed || e.Through > end || (e.Failure is null && e.Through != end))
            throw new InvalidOperationException($"applied through {e.Through} of {blocks.Committed + 1} to {end}");
        Count((int)(e.Through - blocks.Committed));
        blocks.Commit(e.Through);
        if (e.Failure is { } scope)
            OnBlockFailed(target, e.Through + 1, scope, e.Rule);
        else if (_own.Weight >= target.Weight)
            Finish(blocks.Done ? SyncOutcome.Reached : SyncOutcome.CaughtUp);
        else if (blocks.Done)
            Drop(TargetFailure.Local, "all blocks are accepted, but our weight is below the target's");
    }

    private void OnBlockFailed(SyncTarget target, uint height, FailureScope scope, string? rule)
    {
        var detail = $"{rule} at {height}";
        switch (scope)
        {
            case FailureScope.Copy:
                var sender = target.Blocks!.SenderOf(height);
                target.Blocks.Reject(height);
                if (sender is { } who)
                    target.Blocks.Fail(who, height, height);
                Blame(sender, BlameReason.InvalidBlockCopy, BlameKind.Breach, detail);
                break;
            case FailureScope.Target:
                Condemn(target, detail);
                break;
            default:
                Drop(TargetFailure.Local, detail);
                break;
        }
    }
}
