using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>The messages that tell other roles where we are (SYNC.md 3.4, 6; ROLES.md 6.3; PROTOCOL.md 4.5).</summary>
internal sealed class Announcements(FullNodeServices services, FullNodeState state)
{
    /// <summary>
    /// To a full node: every tip, in tip order, and the unfinished blocks on top of them. The reference greets with tips only; then a node that
    /// was away has nothing for its timelord to finish, and if that is the only timelord, the chain ends.
    /// </summary>
    public async Task<List<OutboundMessage>> Chain(Delivery delivery)
    {
        var messages = new List<OutboundMessage>();
        var snapshot = await services.Chain.GetSnapshot();
        foreach (var tip in snapshot.Tips)
        {
            if (await services.Chain.GetBlock(tip.HeaderHash) is { } block)
                messages.Add(OutboundMessage.Of(NodeType.FullNode, delivery, new BlockMessage(block.Block)));
        }

        foreach (var unfinished in UnfinishedOn(snapshot))
            messages.Add(OutboundMessage.Of(NodeType.FullNode, delivery, new UnfinishedBlockMessage(unfinished.Block)));
        return messages;
    }

    /// <summary>To a timelord: a challenge per tip, then the iterations that unfinished blocks on top of the tips need.</summary>
    public async Task<List<OutboundMessage>> Challenges(Delivery delivery)
    {
        var snapshot = await services.Chain.GetSnapshot();
        var messages = new List<OutboundMessage>();
        foreach (var tip in snapshot.Tips)
            messages.Add(OutboundMessage.Of(NodeType.Timelord, delivery, new ChallengeStartMessage(tip.ChallengeHash, tip.TotalWeight)));
        foreach (var unfinished in UnfinishedOn(snapshot))
            messages.Add(OutboundMessage.Of(NodeType.Timelord, delivery, Info(unfinished)));
        return messages;
    }

    /// <summary>To a farmer: the speed to reckon with, then a challenge per tip.</summary>
    public async Task<List<OutboundMessage>> Farming(Delivery delivery)
    {
        var snapshot = await services.Chain.GetSnapshot();
        var messages = new List<OutboundMessage>();
        if (snapshot.Tips[0].NextIterationsPerSecond is > 0 and var rate)
            messages.Add(Rate(rate, delivery));
        foreach (var tip in snapshot.Tips)
            messages.Add(Finalized(tip, delivery));
        return messages;
    }

    /// <summary>Takes over the speed in force after the heaviest tip; the farmers are told by whoever calls this (SYNC.md 5, step 5).</summary>
    public async Task NoteSpeed()
    {
        if ((await services.Chain.GetSnapshot()).Heaviest.NextIterationsPerSecond is > 0 and var rate)
            state.IpsEstimate = rate;
    }

    /// <summary>To everybody: a block has become a tip (SYNC.md 3.4).</summary>
    public List<OutboundMessage> NewTip(TipInfo tip, BlockData block)
    {
        var messages = new List<OutboundMessage>();
        if (tip.NextIterationsPerSecond != 0 && tip.NextIterationsPerSecond != state.IpsEstimate)
        {
            state.IpsEstimate = tip.NextIterationsPerSecond;
            messages.Add(Rate(state.IpsEstimate, Delivery.Broadcast));
        }

        messages.Add(OutboundMessage.Of(
            NodeType.Timelord, Delivery.Broadcast, new ChallengeStartMessage(tip.ChallengeHash, tip.TotalWeight)));
        messages.Add(OutboundMessage.Of(NodeType.FullNode, Delivery.BroadcastToOthers, new BlockMessage(block.Block)));
        messages.Add(Finalized(tip, Delivery.Broadcast));
        return messages;
    }

    /// <summary>To timelords: iterations an unfinished block needs.</summary>
    public static ProofOfSpaceInfoMessage Info(UnfinishedBlock block) => new(block.ChallengeHash, block.Iterations);

    private List<UnfinishedBlock> UnfinishedOn(ChainSnapshot snapshot)
    {
        var tips = snapshot.Tips.Select(t => t.HeaderHash).ToHashSet();
        return [.. state.Unfinished.InOrder.Where(unfinished => tips.Contains(unfinished.ParentHash))];
    }

    private static OutboundMessage Rate(ulong ips, Delivery delivery) =>
        OutboundMessage.Of(NodeType.Farmer, delivery, new ProofOfTimeRateMessage(ips));

    private static OutboundMessage Finalized(TipInfo tip, Delivery delivery) =>
        OutboundMessage.Of(
            NodeType.Farmer,
            delivery,
            new ProofOfSpaceFinalizedMessage(tip.ChallengeHash, tip.Height, tip.TotalWeight, tip.Quality, tip.Difficulty));
}
