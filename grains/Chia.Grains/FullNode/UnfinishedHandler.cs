using System.Security.Cryptography;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Validation;
using Chia.Grains.Effects;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>Handling of <c>unfinished_block</c>, from a peer or assembled here from a farmer's signature (SYNC.md 4.1).</summary>
internal sealed class UnfinishedHandler(
    FullNodeServices services, FullNodeState state, PostponedWork postponed, Action<TimeSpan, Func<List<RoleEffect>>> later)
{
    private readonly EarlyUnfinished _early = new();

    /// <summary>Handles one, later if the cluster moves: our farmers say it once, and nobody else has it yet.</summary>
    public Task<List<RoleEffect>> Receive(PeerConnection from, FullBlock block) =>
        postponed.Do(from, UnfinishedBlockMessage.Name, () => Handle(from, block));

    private async Task<List<RoleEffect>> Handle(PeerConnection from, FullBlock block)
    {
        // 1: cheap, before any proof is looked at. Our own farmers may be ahead of us in thinking that the tips lead nowhere.
        if (!state.Chain.IsTip(block.PrevHeaderHash))
        {
            var isWorthwhile = from.PeerRole == Role.Farmer || state.IsDeadEnd;
            var isLost = !isWorthwhile || block.Height < state.LowestHeight(services.Options.Retention)
                || await services.Chain.GetInfo(block.PrevHeaderHash) is null;

            // Looked at once more: its parent may have become a tip while the chain was asked, and then nothing would call for it.
            if (isLost && !state.Chain.IsTip(block.PrevHeaderHash))
            {
                _early.Add(from, block);
                return [];
            }
        }

        // Only now: a block that came before its parent may come again.
        var data = new BlockData(block);
        var content = new Bytes32(SHA256.HashData(data.Bytes.Span));
        if (!state.SeenUnfinished.Add(content))
            return [];

        try
        {
            return await Check(from, block, data, content);
        }
        catch
        {
            // It was not looked at, and may come again.
            state.SeenUnfinished.Forget(content);
            throw;
        }
    }

    /// <summary>Steps 2 to 6.</summary>
    private async Task<List<RoleEffect>> Check(PeerConnection from, FullBlock block, BlockData data, Bytes32 content)
    {
        var verdict = (await services.Validator.CheckBlocks(CheckKind.Unfinished, [data], isUrgent: true))[0];
        if (!verdict.Passed)
            return Reject(from, block, content, verdict.Rule.Value, verdict.Detail);
        var standing = await services.Chain.CheckUnfinished(new BlockSubmission(data, verdict));
        state.Chain = standing.Chain;
        if (standing.Rule is { } broken)
            return standing.IsParentTip ? Reject(from, block, content, broken, standing.Detail) : [];

        var unfinished = new UnfinishedBlock(block, standing.Parent!, standing.Iterations, standing.Difficulty)
        {
            Seconds = standing.Iterations / Math.Max(1, state.IpsEstimate),
            AdmittedAt = services.Time.GetTimestamp(),
        };
        if (state.Unfinished.Contains(unfinished.Key))
            return [];

        // 6: slow ones wait a little, so that faster ones overtake; nobody's messages wait with them.
        if (unfinished.Seconds <= services.Network.Constants.PropagationDelayThreshold)
            return Admit(unfinished, from);
        later(services.Options.SlowBlockDelay, () => Admit(unfinished, from));
        return [];
    }

    /// <summary>The chain has new tips: what came before them is looked at again. Nobody waits for that.</summary>
    public IEnumerable<RoleEffect> TipsChanged() =>
        _early.Take([.. state.Chain.Tips.Select(tip => tip.HeaderHash)])
            .Select(early => new RoleEffect.Start(async () => await Receive(early.From, early.Block)));

    /// <summary>Steps 7 to 10.</summary>
    private List<RoleEffect> Admit(UnfinishedBlock unfinished, PeerConnection from)
    {
        var height = unfinished.Block.Height;
        var isOnTip = state.Chain.IsTip(unfinished.ParentHash);
        if (state.Unfinished.Contains(unfinished.Key)
            || (isOnTip && !state.Leader.Admit(height, unfinished.ParentHash, unfinished.Seconds, state.Chain)))
        {
            return [];
        }

        state.Unfinished.Set(unfinished.Key, height, unfinished);
        FullNodeLog.Unfinished(services.Log, height, unfinished.Iterations, unfinished.Seconds);
        var effects = new List<RoleEffect>();
        if (isOnTip)
            state.Standstill.Moved();
        else
            effects.Add(
                new RoleEffect.Broadcast(Role.Timelord, new ChallengeStartMessage(unfinished.ChallengeHash, unfinished.ParentWeight)));
        effects.Add(new RoleEffect.Broadcast(Role.Timelord, Announcements.Info(unfinished)));
        effects.Add(new RoleEffect.Broadcast(Role.FullNode, new UnfinishedBlockMessage(unfinished.Block), from));
        return effects;
    }

    private List<RoleEffect> Reject(PeerConnection from, FullBlock block, Bytes32 content, ConsensusRule rule, string? detail)
    {
        FullNodeLog.UnfinishedRejected(services.Log, block.Height, rule, detail ?? "");
        if (rule.Scope() != RuleScope.Ourselves)
            return [new RoleEffect.Penalise(from, Blame.Breach($"sent an invalid unfinished block: {rule}"))];

        // Time heals that.
        state.SeenUnfinished.Forget(content);
        return [new RoleEffect.Penalise(from, Blame.Unhelpful($"sent an unfinished block that cannot be judged now: {rule}: {detail}"))];
    }
}
