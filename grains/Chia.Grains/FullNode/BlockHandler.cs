using System.Security.Cryptography;
using Chia.Consensus.Verdicts;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Validation;
using Chia.Grains.Effects;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>Handling of <c>block</c> (SYNC.md 3): from a peer, or completed here.</summary>
internal sealed class BlockHandler(
    FullNodeServices services, FullNodeState state, NearSync nearSync, Announcements announcements, UnfinishedHandler unfinished)
{
    /// <summary>Contents being checked now: copies of one block from several peers are checked once.</summary>
    private readonly Dictionary<Bytes32, Task<BlockVerdict>> _checking = [];

    /// <summary>Handles a block and whatever it connects.</summary>
    /// <param name="from">Who sent it, or the proof of time that completes it.</param>
    /// <param name="block">The block.</param>
    public async Task<List<RoleEffect>> Receive(PeerConnection from, BlockData block)
    {
        var effects = new List<RoleEffect>();
        await ReceiveOne(from, block, known: null, effects);
        return effects;
    }

    /// <summary>Hands in again what the store did not take, when it takes blocks; what was checked is not checked again.</summary>
    public async Task<List<RoleEffect>> RetryRefused()
    {
        var effects = new List<RoleEffect>();
        if (state.Refused.Count == 0 || (await services.Chain.GetSnapshot()).StoreFault is not null)
            return effects;
        foreach (var refused in state.Refused.TakeAll())
            await ReceiveOne(refused.From, refused.Block, refused.Verdict, effects);
        return effects;
    }

    private async Task ReceiveOne(PeerConnection from, BlockData block, BlockVerdict? known, List<RoleEffect> effects)
    {
        var headerHash = block.Block.HeaderHash();
        var standing = await services.Chain.GetStanding(headerHash, block.Block.PrevHeaderHash);
        if (from.PeerRole == Role.FullNode && (standing.Stored || standing.Parent is not null))
            await services.Sync.Announced(from.ConnectionId, block, TipKind.Connected);
        if (standing.Stored && !nearSync.IsOtherVariantWanted(headerHash))
        {
            // The sync may have stored it while its children waited here.
            await ReceiveChildren(headerHash, effects);
            return;
        }

        var content = new Bytes32(SHA256.HashData(block.Bytes.Span));
        if (state.Rejected.Contains(content))
        {
            effects.Add(new RoleEffect.Penalise(from, Blame.Unhelpful("sent a block that was rejected before")));
            return;
        }

        var isDisconnected = standing.Parent is null && !IsGenesis(block);
        if (isDisconnected && await nearSync.IsForSync(from, headerHash, block, standing))
            return;

        // Before a disconnected block is kept as well: its proofs and its signature cost whoever invents it more than they cost us.
        var verdict = known ?? await Check(content, block);
        if (!verdict.Passed)
            Reject(from, block, content, verdict.Rule.Value, verdict.Detail, effects);
        else if (isDisconnected && state.Refused.Contains(block.Block.PrevHeaderHash))
            state.Refused.Add(new RefusedBlock(from, block, verdict));
        else if (isDisconnected)
            await Disconnected(from, block, verdict, standing, effects);
        else if (standing.Stored)
            await SwitchVariant(headerHash, new BlockSubmission(block, verdict), from, effects);
        else
            await Submit(from, block, content, verdict, standing, effects);
    }

    /// <summary>Hands a block that passed its own checks to the chain, and does what follows from the chain's answer.</summary>
    private async Task Submit(
        PeerConnection from, BlockData block, Bytes32 content, BlockVerdict verdict, BlockStanding standing, List<RoleEffect> effects)
    {
        var submission = new BlockSubmission(block, verdict);
        var answer = await services.Chain.Accept([submission]);
        if (answer.WasRefused)
        {
            state.Refused.Add(new RefusedBlock(from, block, verdict));
            return;
        }

        var accepted = answer.Outcomes[0];
        switch (accepted.Outcome)
        {
            case AcceptOutcome.Invalid:
                Reject(from, block, content, accepted.Rule!.Value, accepted.Detail, effects);
                if (accepted.Rule == ConsensusRule.TimestampTooLate && from.PeerRole == Role.FullNode)
                    await services.Sync.TooFarAhead(from.ConnectionId, block.Block.HeaderBlock.Header.Data.Timestamp);
                break;
            case AcceptOutcome.ParentInOtherVariant:
                await OnOtherVariant(from, submission, effects);
                break;
            case AcceptOutcome.Disconnected:
                await Disconnected(from, block, verdict, standing, effects);
                break;
            case AcceptOutcome.AddedToHead:
                FullNodeLog.NewTip(services.Log, accepted.Block!.Height, accepted.HeaderHash, accepted.Block.TotalWeight);
                effects.AddRange(announcements.NewTip(accepted.Block, block, from));
                state.Standstill.Moved();
                await AfterAccepted(accepted.HeaderHash, block, answer.Chain, effects);
                break;
            case AcceptOutcome.AddedAsOrphan:
                FullNodeLog.Orphan(services.Log, accepted.Block!.Height, accepted.HeaderHash);
                if (state.IsDeadEnd)
                    effects.AddRange(Announcements.NewBlock(accepted.Block, block, from));
                await AfterAccepted(accepted.HeaderHash, block, answer.Chain, effects);
                break;
        }
    }

    /// <summary>Blames whoever sent an invalid block, and remembers its content, unless the fault may be ours.</summary>
    private void Reject(
        PeerConnection from, BlockData block, Bytes32 content, ConsensusRule rule, string? detail, List<RoleEffect> effects)
    {
        var headerHash = block.Block.HeaderHash();
        FullNodeLog.Rejected(services.Log, block.Block.Height, headerHash, rule, detail ?? "");
        effects.Add(new RoleEffect.Penalise(from, FaultOf(headerHash, rule, detail)));
        if (rule.Scope() != RuleScope.Ourselves)
            state.Rejected.Add(content);
    }

    /// <summary>A block whose parent is not stored. If its ancestors wait here for a switch of variants, it may be what makes theirs the
    /// heavier.</summary>
    private async Task Disconnected(
        PeerConnection from, BlockData block, BlockVerdict verdict, BlockStanding standing, List<RoleEffect> effects)
    {
        effects.AddRange(await nearSync.Disconnected(from, block, verdict, standing));
        if (nearSync.LowestWaitingAncestor(verdict.HeaderHash) is { } lowest)
            await ReceiveOne(lowest.From, lowest.Block, lowest.Verdict, effects);
    }

    /// <summary>
    /// The parent is stored in another variant than this child answers (DECISIONS 1). With what waits above the child the chain may be
    /// heavier, and the chain switches by itself; if not, the parent's other copy is fetched, and the child waits for more blocks above
    /// it.
    /// </summary>
    private async Task OnOtherVariant(PeerConnection from, BlockSubmission child, List<RoleEffect> effects)
    {
        var branch = Waiting(child.Verdict.HeaderHash);
        if (branch.Length > 0)
        {
            var answer = await services.Chain.Accept([child, .. branch]);
            if (!answer.WasRefused && answer.Outcomes[0].IsStored)
            {
                await AfterSwitch(child.Block.Block.PrevHeaderHash, child.Block, from, answer, effects);
                return;
            }
        }

        effects.AddRange(nearSync.WantOtherVariant(from, child.Block, child.Verdict));
    }

    /// <summary>The other variant of a stored block, asked for because a child answers its challenge (DECISIONS 1).</summary>
    private async Task SwitchVariant(Bytes32 headerHash, BlockSubmission otherVariant, PeerConnection from, List<RoleEffect> effects)
    {
        var branch = Waiting(headerHash);
        if (branch.Length == 0 || await services.Chain.SwitchVariant(otherVariant, branch) is null)
            return;
        if (await services.Chain.Accept(branch) is { WasRefused: false } answer)
            await AfterSwitch(headerHash, otherVariant.Block, from, answer, effects);
    }

    /// <summary>What waits above a block, on the way to the heaviest.</summary>
    private BlockSubmission[] Waiting(Bytes32 headerHash) =>
        [.. nearSync.HeaviestBranch(headerHash).Select(w => new BlockSubmission(w.Block, w.Verdict))];

    private async Task AfterSwitch(Bytes32 switched, BlockData block, PeerConnection from, AcceptAnswer answer, List<RoleEffect> effects)
    {
        var highest = answer.Outcomes.Last(o => o.IsStored).HeaderHash;
        var tip = answer.Chain.Tips.First(t => t.HeaderHash == highest);
        effects.AddRange(announcements.NewTip(tip, (await services.Chain.GetBlock(highest))!, from));
        state.Standstill.Moved();
        await AfterAccepted(switched, block, answer.Chain, effects);
        await AfterAccepted(highest, block, answer.Chain, effects);
    }

    private async Task AfterAccepted(Bytes32 headerHash, BlockData block, ChainSnapshot chain, List<RoleEffect> effects)
    {
        state.Chain = chain;
        state.Completed(block.Block);
        await services.Sync.OwnTipChanged(chain);
        await ReceiveChildren(headerHash, effects);
        state.Prune(state.Chain.LowestTipHeight(), services.Options.Retention);
        nearSync.Prune(state.Chain.LowestTipHeight());
        effects.AddRange(unfinished.TipsChanged());
    }

    /// <summary>Children that waited; what is wrong with one is its own sender's fault.</summary>
    private async Task ReceiveChildren(Bytes32 headerHash, List<RoleEffect> effects)
    {
        foreach (var child in nearSync.Connected(headerHash))
            await ReceiveOne(child.From, child.Block, child.Verdict, effects);
    }

    private async Task<BlockVerdict> Check(Bytes32 content, BlockData block)
    {
        if (_checking.TryGetValue(content, out var running))
            return await running;
        var check = CheckOne(block);
        _checking[content] = check;
        try
        {
            return await check;
        }
        finally
        {
            _checking.Remove(content);
        }
    }

    private async Task<BlockVerdict> CheckOne(BlockData block) =>
        (await services.Validator.CheckBlocks(CheckKind.Full, [block], isUrgent: true))[0];

    /// <summary>An honest clock may differ from ours and our index may lack something: that weighs little.</summary>
    private static Blame FaultOf(Bytes32 headerHash, ConsensusRule rule, string? detail) => rule.Scope() switch
    {
        RuleScope.Ourselves => Blame.Unhelpful($"sent block {headerHash}, which cannot be judged now: {rule}: {detail}"),
        RuleScope.Copy or RuleScope.Challenge => Blame.BadData($"sent an altered copy of block {headerHash}: {rule}"),
        _ => Blame.Breach($"sent invalid block {headerHash}: {rule}"),
    };

    private static bool IsGenesis(BlockData block) => block.Block.Height == 0 && block.Block.PrevHeaderHash.IsZero;
}
