using System.Security.Cryptography;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Sync;
using Chia.GrainInterfaces.Validation;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>Handling of <c>block</c> (SYNC.md 3): from a peer, or completed here.</summary>
internal sealed class BlockHandler(
    FullNodeServices services, FullNodeState state, Announcements announcements, NearSync nearSync, UnfinishedHandler unfinished)
{
    /// <summary>Contents being checked now: copies of one block from several peers are checked once.</summary>
    private readonly Dictionary<Bytes32, Task<BlockVerdict>> _checking = [];

    /// <summary>Handles a block and whatever it connects.</summary>
    public async Task<HandlerResult> Receive(PeerConnection? from, BlockData block)
    {
        var outbound = new List<OutboundMessage>();
        var blame = await ReceiveOne(from, block, outbound);
        return new HandlerResult([.. outbound], blame);
    }

    private async Task<Blame?> ReceiveOne(PeerConnection? from, BlockData block, List<OutboundMessage> outbound)
    {
        var headerHash = block.Block.HeaderHash();
        var standing = await services.Chain.GetStanding(headerHash, block.Block.PrevHeaderHash);
        if (from is { PeerRole: NodeType.FullNode } && (standing.Stored || standing.Parent is not null))
            await services.Sync.Announced(from.ConnectionId, block, TipKind.Connected);
        if (standing.Stored && !nearSync.IsOtherVariantWanted(headerHash))
        {
            // The sync may have stored it while its children waited here.
            foreach (var child in nearSync.Connected(headerHash))
                await ReceiveChild(child, outbound);
            return null;
        }

        var content = new Bytes32(SHA256.HashData(block.Bytes.Span));
        if (state.Rejected.Contains(content))
            return Blame.Unhelpful("sent a block that was rejected before");
        if (standing.Parent is null && !IsGenesis(block))
            return await Disconnected(from, headerHash, block, standing, outbound);

        var verdict = await Check(content, block);
        if (!verdict.Passed)
            return Reject(content, block, verdict.HeaderHash, verdict.Rule.Value, verdict.Detail);
        if (standing.Stored)
        {
            await SwitchVariant(headerHash, new BlockSubmission(block, verdict), outbound);
            return null;
        }

        var accepted = (await services.Chain.Accept([new BlockSubmission(block, verdict)]))[0];
        switch (accepted.Outcome)
        {
            case AcceptOutcome.Invalid:
                return Reject(content, block, accepted.HeaderHash, accepted.Rule!.Value, accepted.Detail);
            case AcceptOutcome.ParentInOtherVariant:
                await OnOtherVariant(from, headerHash, new BlockSubmission(block, verdict), outbound);
                return null;
            case AcceptOutcome.Disconnected:
                return await Disconnected(from, headerHash, block, standing, outbound);
            case AcceptOutcome.AddedToHead:
                FullNodeLog.NewTip(services.Log, accepted.Block!.Height, accepted.HeaderHash, accepted.Block.TotalWeight);
                outbound.AddRange(announcements.NewTip(accepted.Block, block));
                await AfterAccepted(headerHash, outbound);
                return null;
            case AcceptOutcome.AddedAsOrphan:
                FullNodeLog.Orphan(services.Log, accepted.Block!.Height, accepted.HeaderHash);
                await AfterAccepted(headerHash, outbound);
                return null;
            default:
                return null;
        }
    }

    /// <summary>A block whose parent is not stored. If its ancestors wait here for a switch of variants, it may be what makes theirs the heavier.</summary>
    private async Task<Blame?> Disconnected(
        PeerConnection? from, Bytes32 headerHash, BlockData block, BlockStanding standing, List<OutboundMessage> outbound)
    {
        var blame = await nearSync.Disconnected(from, headerHash, block, standing, outbound);
        if (blame is null && nearSync.LowestWaitingAncestor(headerHash) is { } lowest)
            await ReceiveChild(lowest, outbound);
        return blame;
    }

    /// <summary>
    /// The parent is stored in another variant than this child answers (DECISIONS 1). With what waits above the child the chain may be heavier,
    /// and the chain switches by itself; if not, the parent's other copy is fetched, and the child waits for more blocks above it.
    /// </summary>
    private async Task OnOtherVariant(PeerConnection? from, Bytes32 headerHash, BlockSubmission child, List<OutboundMessage> outbound)
    {
        var branch = await CheckWaiting(headerHash);
        if (branch.Count > 0)
        {
            var outcomes = await services.Chain.Accept([child, .. branch]);
            if (outcomes[0].IsStored)
            {
                await AfterSwitch(child.Block.Block.PrevHeaderHash, outcomes.Last(o => o.IsStored), outbound);
                return;
            }
        }

        nearSync.WantOtherVariant(child.Block, from, outbound);
    }

    /// <summary>The other variant of a stored block, asked for because a child answers its challenge (DECISIONS 1).</summary>
    private async Task SwitchVariant(Bytes32 headerHash, BlockSubmission otherVariant, List<OutboundMessage> outbound)
    {
        var branch = await CheckWaiting(headerHash);
        if (branch.Count == 0 || !await services.Chain.SwitchVariant(otherVariant, [.. branch]))
            return;
        var outcomes = await services.Chain.Accept([.. branch]);
        await AfterSwitch(headerHash, outcomes.Last(o => o.IsStored), outbound);
    }

    /// <summary>What waits above a block, on the way to the heaviest, up to the first that is not valid.</summary>
    private async Task<IReadOnlyList<BlockSubmission>> CheckWaiting(Bytes32 headerHash)
    {
        var waiting = nearSync.HeaviestBranch(headerHash);
        if (waiting.Count == 0)
            return [];
        var verdicts = await services.Validator.CheckBlocks(CheckKind.Full, [.. waiting.Select(w => w.Block)], isUrgent: true);
        return [.. waiting.Zip(verdicts).TakeWhile(c => c.Second.Passed).Select(c => new BlockSubmission(c.First.Block, c.Second))];
    }

    private async Task AfterSwitch(Bytes32 switched, BlockOutcome highest, List<OutboundMessage> outbound)
    {
        var tip = (await services.Chain.GetInfo(highest.HeaderHash))!;
        outbound.AddRange(announcements.NewTip(tip, (await services.Chain.GetBlock(highest.HeaderHash))!));
        await AfterAccepted(switched, outbound);
        await AfterAccepted(highest.HeaderHash, outbound);
    }

    private async Task AfterAccepted(Bytes32 headerHash, List<OutboundMessage> outbound)
    {
        var snapshot = await services.Chain.GetSnapshot();
        await services.Sync.OwnTipChanged(snapshot);
        foreach (var child in nearSync.Connected(headerHash))
            await ReceiveChild(child, outbound);
        state.Prune(snapshot.LowestTipHeight(), services.Options.Retention);
        nearSync.Prune(snapshot.LowestTipHeight());
        _ = unfinished.TipsChanged(snapshot);
    }

    /// <summary>A child that waited; what is wrong with it is its own sender's fault, who is told separately.</summary>
    private async Task ReceiveChild(DisconnectedBlocks.Entry child, List<OutboundMessage> outbound)
    {
        var blame = await ReceiveOne(child.From, child.Block, outbound);
        if (blame is not null && child.From is { } from)
            await services.Grains.GetGrain<IPeerGrain>(from.GrainKey()).Penalise(blame);
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

    private Blame Reject(Bytes32 content, BlockData block, Bytes32 headerHash, ConsensusRule rule, string? detail)
    {
        FullNodeLog.Rejected(services.Log, block.Block.Height, headerHash, rule, detail ?? "");

        // An honest clock may differ from ours, so a timestamp ahead of it weighs little.
        if (rule == ConsensusRule.TimestampTooLate)
            return Blame.Unhelpful($"sent a block from the future: {detail}");
        state.Rejected.Add(content);
        return rule.IsCopyOnly()
            ? Blame.BadData($"sent an altered copy of block {headerHash}: {rule}")
            : Blame.Breach($"sent invalid block {headerHash}: {rule}");
    }

    private static bool IsGenesis(BlockData block) => block.Block.Height == 0 && block.Block.PrevHeaderHash.IsZero;
}
