using System.Security.Cryptography;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Validation;
using Chia.Grains.Broadcast;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>Handling of <c>unfinished_block</c>, from a peer or assembled here from a farmer's signature (SYNC.md 4.1).</summary>
internal sealed class UnfinishedHandler(FullNodeServices services, FullNodeState state, Action<TimeSpan, Func<Task>> later)
{
    private readonly EarlyUnfinished _early = new();

    public async Task<HandlerResult> Receive(PeerConnection from, FullBlock block)
    {
        var data = new BlockData(block);
        // 1: cheap, before any proof is looked at.
        if (!await IsTip(block.PrevHeaderHash))
        {
            if (await services.Chain.GetInfo(block.PrevHeaderHash) is null)
            {
                _early.Add(from, block);
                return HandlerResult.Nothing;
            }

            // It may have become one between the two questions.
            if (!await IsTip(block.PrevHeaderHash))
                return HandlerResult.Nothing;
        }

        // Only now: a block that came before its parent may come again.
        var content = new Bytes32(SHA256.HashData(data.Bytes.Span));
        if (!state.SeenUnfinished.Add(content))
            return HandlerResult.Nothing;

        // 2, 3
        var verdict = (await services.Validator.CheckBlocks(CheckKind.Unfinished, [data], isUrgent: true))[0];
        if (!verdict.Passed)
            return Reject(block, content, verdict.Rule.Value, verdict.Detail);
        var standing = await services.Chain.CheckUnfinished(new BlockSubmission(data, verdict));
        if (standing.Rule is { } broken)
            return standing.ParentIsTip ? Reject(block, content, broken, standing.Detail) : HandlerResult.Nothing;

        var unfinished = new UnfinishedBlock(
            block, standing.Parent!.ChallengeHash, standing.Iterations, block.PrevHeaderHash, standing.Difficulty);
        var seconds = standing.Iterations / Math.Max(1, state.IpsEstimate);
        if (state.Unfinished.Contains(unfinished.Key))
            return HandlerResult.Nothing;

        // 6: slow ones wait a little, so that faster ones overtake; nobody's messages wait with them.
        if (seconds > services.Network.Constants.PropagationDelayThreshold)
        {
            later(services.Options.SlowBlockDelay, async () => await Effects.Carry(
                services.Grains, services.Node, NodeType.FullNode, await Admit(unfinished, seconds), from.ConnectionId));
            return HandlerResult.Nothing;
        }

        return HandlerResult.Send([.. await Admit(unfinished, seconds)]);
    }

    private async Task<bool> IsTip(Bytes32 headerHash) =>
        (await services.Chain.GetSnapshot()).Tips.Any(tip => tip.HeaderHash == headerHash);

    /// <summary>The chain has new tips: what came before them is looked at again. Nobody waits for that.</summary>
    public async Task TipsChanged(ChainSnapshot chain)
    {
        try
        {
            foreach (var (from, block) in _early.Take([.. chain.Tips.Select(tip => tip.HeaderHash)]))
            {
                var result = await Receive(from, block);
                await Effects.Carry(services.Grains, services.Node, NodeType.FullNode, result.Outbound, from.ConnectionId);
                if (result.Blame is { } blame)
                    await services.Grains.GetGrain<IPeerGrain>(from.GrainKey()).Penalise(blame);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            FullNodeLog.BackgroundFailed(services.Log, error);
        }
    }

    /// <summary>Steps 7 to 10.</summary>
    private async Task<List<OutboundMessage>> Admit(UnfinishedBlock unfinished, ulong seconds)
    {
        var height = unfinished.Block.Height;
        var snapshot = await services.Chain.GetSnapshot();
        if (state.Unfinished.Contains(unfinished.Key) || !state.Leader.Admit(height, unfinished.ParentHash, seconds, snapshot))
            return [];
        state.Unfinished.Set(unfinished.Key, height, unfinished);
        FullNodeLog.Unfinished(services.Log, height, unfinished.Iterations, seconds);
        return
        [
            OutboundMessage.Of(NodeType.Timelord, Delivery.Broadcast, Announcements.Info(unfinished)),
            OutboundMessage.Of(NodeType.FullNode, Delivery.BroadcastToOthers, new UnfinishedBlockMessage(unfinished.Block)),
        ];
    }

    private HandlerResult Reject(FullBlock block, Bytes32 content, ConsensusRule rule, string? detail)
    {
        FullNodeLog.UnfinishedRejected(services.Log, block.Height, rule, detail ?? "");
        if (rule != ConsensusRule.TimestampTooLate)
            return HandlerResult.Of(Blame.Breach($"sent an invalid unfinished block: {rule}"));

        // Time heals that.
        state.SeenUnfinished.Forget(content);
        return HandlerResult.Of(Blame.Unhelpful($"sent an unfinished block from the future: {detail}"));
    }
}
