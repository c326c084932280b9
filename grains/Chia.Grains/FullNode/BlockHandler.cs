using System.Security.Cryptography;
using Chia.Consensus.Verdicts;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Sync;
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
    /// Handles a block, and its waiting children if it is stored. While the cluster moves it is kept: what was done with it so far,
    /// <paramref name="effects"/>, is done all the same. False if it was kept.
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
    }

    private async Task Handle(Arrival arrival, List<RoleEffect> effects)
    {
        var (from, block, headerHash) = (arrival.From, arrival.Block, arrival.HeaderHash);
        var standing = await services.Chain.GetStanding(headerHash, block.Block.PrevHeaderHash);
        if (from.PeerRole == Role.FullNode && (standing.Stored || standing.Parent is not null))
            await TellSync("a tip", sync => sync.Announced(from.ConnectionId, block, TipKind.Connected));
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
            await SwitchVariant(arrival, new BlockSubmission(block, verdict), effects);
        else
            await Submit(arrival, content, new BlockSubmission(block, verdict), standing, effects);
    }

    /// <summary>Hands a block that passed its own checks to the chain, and does what follows from the chain's answer.</summary>
    private async Task Submit(
        Arrival arrival, Bytes32 content, BlockSubmission submission, BlockStanding standing, List<RoleEffect> effects)
    {
        var (from, block) = (arrival.From, arrival.Block);
        var answer = await Accept(arrival, [submission]);
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
            case AcceptOutcome.ParentInOtherVariant:
                await OnOtherVariant(arrival, submission, effects);
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

    /// <summary>Asks the chain to take blocks in. Until it answers it is not known whether they are stored.</summary>
    private async Task<AcceptAnswer> Accept(Arrival arrival, BlockSubmission[] blocks)
    {
        arrival.IsInDoubt = true;
        var answer = await services.Chain.Accept(blocks);
        arrival.IsInDoubt = false;
        return answer;
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
        state.Postponed.Add(new PostponedBlock(arrival.From, arrival.Block, arrival.HeaderHash, arrival.Verdict, arrival.IsInDoubt));
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
            await TellSync("a clock", sync => sync.TooFarAhead(from.ConnectionId, block.Block.HeaderBlock.Header.Data.Timestamp));
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

    /// <summary>
    /// The parent is stored in another variant than this child answers (DECISIONS 1). With what waits above the child the chain may be
    /// heavier, and the chain switches by itself; if not, the parent's other copy is fetched, and the child waits for more blocks above
    /// it.
    /// </summary>
    private async Task OnOtherVariant(Arrival arrival, BlockSubmission child, List<RoleEffect> effects)
    {
        var branch = Waiting(arrival.HeaderHash);
        if (branch.Length > 0)
        {
            BlockSubmission[] blocks = [child, .. branch];
            var answer = await Accept(arrival, blocks);
            if (answer.WasRefused)
            {
                Postpone(arrival);
                return;
            }

            if (answer.Outcomes[0].IsStored)
            {
                await AfterSwitch(child.Block.Block.PrevHeaderHash, arrival, blocks, answer, effects);
                return;
            }
        }

        effects.AddRange(nearSync.WantOtherVariant(arrival.From, child.Block, child.Verdict));
    }

    /// <summary>The other variant of a stored block, asked for because a child answers its challenge (DECISIONS 1).</summary>
    private async Task SwitchVariant(Arrival arrival, BlockSubmission otherVariant, List<RoleEffect> effects)
    {
        var branch = Waiting(arrival.HeaderHash);
        if (branch.Length == 0)
            return;
        arrival.IsInDoubt = true;
        if (await services.Chain.SwitchVariant(otherVariant, branch) is null)
        {
            arrival.IsInDoubt = false;
            if ((await services.Chain.GetSnapshot()).StoreFault is not null)
                Postpone(arrival);
            return;
        }

        var answer = await Accept(arrival, branch);
        if (answer.WasRefused)
            Postpone(arrival);
        else
            await AfterSwitch(arrival.HeaderHash, arrival, branch, answer, effects);
    }

    /// <summary>What waits above a block, on the way to the heaviest.</summary>
    private BlockSubmission[] Waiting(Bytes32 headerHash) =>
        [.. nearSync.HeaviestBranch(headerHash).Select(w => new BlockSubmission(w.Block, w.Verdict))];

    private async Task AfterSwitch(
        Bytes32 switched, Arrival arrival, BlockSubmission[] blocks, AcceptAnswer answer, List<RoleEffect> effects)
    {
        var highest = blocks[Array.FindLastIndex(answer.Outcomes, outcome => outcome.IsStored)];
        var tip = answer.Chain.Tips.First(t => t.HeaderHash == highest.Verdict.HeaderHash);
        effects.AddRange(announcements.NewTip(tip, highest.Block, arrival.From));
        state.Standstill.Moved();
        await AfterAccepted(switched, arrival.Block, answer.Chain, effects);
        await AfterAccepted(tip.HeaderHash, arrival.Block, answer.Chain, effects);
    }

    private async Task AfterAccepted(Bytes32 headerHash, BlockData block, ChainSnapshot chain, List<RoleEffect> effects)
    {
        state.Chain = chain;
        state.Completed(block.Block);
        await TellSync("our tips", sync => sync.OwnTipChanged(chain));
        await ReceiveChildren(headerHash, effects);
        state.Prune(state.Chain.LowestTipHeight(), services.Options.Retention);
        nearSync.Prune(state.Chain.LowestTipHeight());
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

    /// <summary>Tells the sync what it can do without: it hears of the next tip, and asks for peers that it does not know.</summary>
    private async Task TellSync(string what, Func<ISyncGrain, Task> tell)
    {
        try
        {
            await tell(services.Sync);
        }
        catch (Exception error) when (ClusterMoves.Explains(error))
        {
            FullNodeLog.SyncNotTold(services.Log, what, error.Message);
        }
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

    /// <summary>A block that is being seen to, and what is known of it so far, for whoever has to try again.</summary>
    private sealed class Arrival(PostponedBlock block)
    {
        public PeerConnection From => block.From;

        public BlockData Block => block.Block;

        public Bytes32 HeaderHash => block.HeaderHash;

        public BlockVerdict? Verdict { get; set; } = block.Verdict;

        /// <summary>The chain was asked to take it in, and has not answered.</summary>
        public bool IsInDoubt { get; set; } = block.IsInDoubt;
    }
}
