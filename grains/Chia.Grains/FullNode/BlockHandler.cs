using System.Security.Cryptography;
using Chia.Consensus.Verdicts;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Validation;
using Chia.Grains.Clusters;
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

    private readonly OtherVariant _otherVariant = new(services.Chain, nearSync);

    /// <summary>Handles a block and whatever it connects.</summary>
    /// <param name="from">Who sent it, or the proof of time that completes it.</param>
    /// <param name="block">The block.</param>
    public async Task<List<RoleEffect>> Receive(PeerConnection from, BlockData block)
    {
        var effects = new List<RoleEffect>();
        await ReceiveOne(new PostponedBlock(from, block, block.Block.HeaderHash(), Verdict: null), effects);
        return effects;
    }

    /// <summary>Hands in again what could not be seen to or stored, when the chain answers and takes blocks; what was checked is not
    /// checked again.</summary>
    public async Task<List<RoleEffect>> RetryPostponed()
    {
        var effects = new List<RoleEffect>();
        if (state.Postponed.Count == 0 || (await services.Chain.GetSnapshot()).StoreFault is not null)
            return effects;
        var isAway = false;
        foreach (var postponed in state.Postponed.TakeAll())
        {
            if (isAway)
                state.Postponed.Add(postponed);
            else
                isAway = !await ReceiveOne(postponed, effects);
        }

        return effects;
    }

    /// <summary>
    /// Handles a block, and its waiting children if it is stored. While the cluster moves it is kept. However it ends, what was done so
    /// far, <paramref name="effects"/>, is done all the same: a tip that is stored is told, whatever becomes of its children. False if it
    /// was kept.
    /// </summary>
    private async Task<bool> ReceiveOne(PostponedBlock arrived, List<RoleEffect> effects)
    {
        var arrival = new Arrival(arrived);
        try
        {
            await Handle(arrival, effects);
            return true;
        }
        catch (Exception error) when (ClusterMoves.Explains(error))
        {
            FullNodeLog.BlockPostponed(services.Log, arrival.Block.Block.Height, arrival.HeaderHash, error.Message);
            Postpone(arrival);
            return false;
        }
        catch (Exception error)
        {
            FullNodeLog.BlockFailed(services.Log, error, arrival.Block.Block.Height, arrival.HeaderHash);
            return true;
        }
    }

    private async Task Handle(Arrival arrival, List<RoleEffect> effects)
    {
        var (from, block, headerHash) = (arrival.From, arrival.Block, arrival.HeaderHash);
        var standing = await services.Chain.GetStanding(headerHash, block.Block.PrevHeaderHash);
        if (from.PeerRole == Role.FullNode && (standing.Stored || standing.Parent is not null))
            await services.TryTellSync("a tip", () => services.Sync.Announced(from.ConnectionId, block, TipKind.Connected));
        var isWanted = nearSync.IsOtherVariantWanted(headerHash);
        if (standing.Stored && arrival.IsInDoubt && await Settle(arrival, effects))
            return;
        if (standing.Stored && !isWanted)
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
        var verdict = arrival.Verdict ??= await Check(content, block);
        if (!verdict.Passed)
            await Reject(from, block, content, verdict.Rule.Value, verdict.Detail, effects);
        else if (isDisconnected && state.Postponed.Contains(block.Block.PrevHeaderHash))
            Postpone(arrival);
        else if (isDisconnected)
            await Disconnected(from, block, verdict, standing, effects);
        else if (standing.Stored)
            await Follow(await _otherVariant.Switch(arrival, new BlockSubmission(block, verdict)), arrival, effects);
        else
            await Submit(arrival, content, new BlockSubmission(block, verdict), standing, effects);
    }

    /// <summary>Hands a block that passed its own checks to the chain, and does what follows from the chain's answer.</summary>
    private async Task Submit(
        Arrival arrival, Bytes32 content, BlockSubmission submission, BlockStanding standing, List<RoleEffect> effects)
    {
        var (from, block, wasInDoubt) = (arrival.From, arrival.Block, arrival.IsInDoubt);
        var answer = await arrival.Accept(services.Chain, [submission]);
        if (answer.WasRefused)
        {
            Postpone(arrival);
            return;
        }

        var accepted = answer.Outcomes[0];
        switch (accepted.Outcome)
        {
            case AcceptOutcome.Invalid:
                await Reject(from, block, content, accepted.Rule!.Value, accepted.Detail, effects);
                break;
            case AcceptOutcome.AlreadyHave when wasInDoubt:
                // The call that we gave up was only slow.
                if (!await Settle(arrival, effects))
                    await ReceiveChildren(arrival.HeaderHash, effects);
                break;
            case AcceptOutcome.ParentInOtherVariant:
                await Follow(await _otherVariant.SwitchParent(arrival, submission, effects), arrival, effects);
                break;
            case AcceptOutcome.Disconnected:
                await Disconnected(from, block, submission.Verdict, standing, effects);
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

    /// <summary>
    /// A block that the chain had stored when we thought that it had not answered: nobody was told. The tips that it and what was handed
    /// in with it became are told now. False if it became none.
    /// </summary>
    private async Task<bool> Settle(Arrival arrival, List<RoleEffect> effects)
    {
        var chain = await services.Chain.GetSnapshot();
        var tips = chain.Tips.Where(tip => tip.HeaderHash == arrival.HeaderHash || !state.Chain.IsTip(tip.HeaderHash)).ToList();
        List<(TipInfo Tip, BlockData Block)> news = [];
        foreach (var tip in tips.OrderBy(tip => tip.TotalWeight))
        {
            var block = tip.HeaderHash == arrival.HeaderHash ? arrival.Block : await services.Chain.GetBlock(tip.HeaderHash);
            if (block is not null)
                news.Add((tip, block));
        }

        arrival.IsInDoubt = false;
        if (news.Count == 0)
            return false;
        state.Standstill.Moved();
        foreach (var (tip, block) in news)
        {
            FullNodeLog.NewTip(services.Log, tip.Height, tip.HeaderHash, tip.TotalWeight);
            effects.AddRange(announcements.NewTip(tip, block, arrival.From));
        }

        await AfterAccepted(arrival.HeaderHash, arrival.Block, chain, effects);
        return true;
    }

    /// <summary>It is handed in again with the other postponed ones.</summary>
    private void Postpone(Arrival arrival)
    {
        nearSync.Came(arrival.HeaderHash, isChecked: arrival.Verdict is not null);
        state.Postponed.Add(arrival.Postponed);
    }

    /// <summary>Blames whoever sent an invalid block, and remembers its content, unless the fault may be ours.</summary>
    private async Task Reject(
        PeerConnection from, BlockData block, Bytes32 content, ConsensusRule rule, string? detail, List<RoleEffect> effects)
    {
        var headerHash = block.Block.HeaderHash();
        FullNodeLog.Rejected(services.Log, block.Block.Height, headerHash, rule, detail ?? "");
        effects.Add(new RoleEffect.Penalise(from, FaultOf(headerHash, rule, detail)));
        if (rule.Scope() != RuleScope.Ourselves)
            state.Rejected.Add(content);
        if (rule == ConsensusRule.TimestampTooLate && from.PeerRole == Role.FullNode)
        {
            var timestamp = block.Block.HeaderBlock.Header.Data.Timestamp;
            await services.TryTellSync("a clock", () => services.Sync.TooFarAhead(from.ConnectionId, timestamp));
        }
    }

    /// <summary>A block whose parent is not stored. If its ancestors wait here for a switch of variants, it may be what makes theirs the
    /// heavier.</summary>
    private async Task Disconnected(
        PeerConnection from, BlockData block, BlockVerdict verdict, BlockStanding standing, List<RoleEffect> effects)
    {
        effects.AddRange(await nearSync.Disconnected(from, block, verdict, standing));
        if (nearSync.LowestWaitingAncestor(verdict.HeaderHash) is { } lowest)
            await ReceiveOne(Waited(lowest), effects);
    }

    /// <summary>Does what follows from a try to switch to another variant of a stored block.</summary>
    private async Task Follow(SwitchResult result, Arrival arrival, List<RoleEffect> effects)
    {
        if (result.WasRefused)
            Postpone(arrival);
        else if (result.Branch is { } branch)
            await AfterSwitch(branch, arrival, effects);
    }

    private async Task AfterSwitch(SwitchedBranch branch, Arrival arrival, List<RoleEffect> effects)
    {
        var (tip, highest) = (branch.Tip, branch.Highest.Block);
        effects.AddRange(announcements.NewTip(tip, highest, arrival.From));
        state.Standstill.Moved();
        await AfterAccepted(branch.Switched, arrival.Block, branch.Answer.Chain, effects);
        await AfterAccepted(tip.HeaderHash, arrival.Block, branch.Answer.Chain, effects);
    }

    private async Task AfterAccepted(Bytes32 headerHash, BlockData block, ChainSnapshot chain, List<RoleEffect> effects)
    {
        state.Chain = chain;
        state.Completed(block.Block);
        await services.TryTellSync("our tips", () => services.Sync.OwnTipChanged(chain));
        await ReceiveChildren(headerHash, effects);
        state.Prune(state.Chain.LowestTipHeight(), services.Options.Retention);
        nearSync.Prune(state.LowestHeight(services.Options.Retention));
        effects.AddRange(unfinished.TipsChanged());
    }

    /// <summary>Children that waited; what is wrong with one is its own sender's fault.</summary>
    private async Task ReceiveChildren(Bytes32 headerHash, List<RoleEffect> effects)
    {
        foreach (var child in nearSync.Connected(headerHash))
            await ReceiveOne(Waited(child), effects);
    }

    private static PostponedBlock Waited(DisconnectedBlocks.Entry entry) =>
        new(entry.From, entry.Block, entry.HeaderHash, entry.Verdict);

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
