using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>The messages that tell other roles where we are (SYNC.md 3.4, 6; ROLES.md 6.3; PROTOCOL.md 4.5).</summary>
internal sealed class Announcements(FullNodeServices services, FullNodeState state)
{
    /// <summary>Blocks below the tips whose challenges are told in a dead end: all branches of the retained heights of a chain that hardly
    /// forks.</summary>
    private const int MaxDeeper = 64;

    /// <summary>What a connection, or with null every connection of a role, is told about the chain.</summary>
    public async Task<List<RoleEffect>> Of(Role role, PeerConnection? to) => role switch
    {
        Role.FullNode => await Chain(to),
        Role.Timelord => Challenges(to, await Deeper()),
        Role.Farmer => Farming(to, await Deeper()),
        _ => [],
    };

    /// <summary>The chain has been in a dead end for another pause: what lies below the tips is told again, as peers may have come since
    /// (DECISIONS 16).</summary>
    public async Task<List<RoleEffect>> DeadEnd()
    {
        var deeper = await Deeper();
        return
        [
            .. Challenges(null, deeper),
            .. Farming(null, deeper),
            .. Waiting().Select(u => new RoleEffect.Broadcast(Role.FullNode, new UnfinishedBlockMessage(u.Block))),
        ];
    }

    /// <summary>Takes over the speed in force after the heaviest tip; the farmers are told by whoever calls this (SYNC.md 5, step
    /// 5).</summary>
    public void NoteSpeed()
    {
        if (state.Chain.Heaviest.NextIterationsPerSecond is > 0 and var rate)
            state.IpsEstimate = rate;
    }

    /// <summary>To everybody: a block has become a tip (SYNC.md 3.4).</summary>
    public List<RoleEffect> NewTip(TipInfo tip, BlockData block, PeerConnection? from)
    {
        var effects = new List<RoleEffect>();
        if (tip.NextIterationsPerSecond != 0 && tip.NextIterationsPerSecond != state.IpsEstimate)
        {
            state.IpsEstimate = tip.NextIterationsPerSecond;
            effects.Add(new RoleEffect.Broadcast(Role.Farmer, new ProofOfTimeRateMessage(state.IpsEstimate)));
        }

        effects.AddRange(NewBlock(tip, block, from));
        return effects;
    }

    /// <summary>To everybody: a block is there to build on. In a dead end one on a side branch is as good as a tip.</summary>
    public static IEnumerable<RoleEffect> NewBlock(TipInfo place, BlockData block, PeerConnection? from) =>
    [
        new RoleEffect.Broadcast(Role.Timelord, new ChallengeStartMessage(place.ChallengeHash, place.TotalWeight)),
        new RoleEffect.Broadcast(Role.FullNode, new BlockMessage(block.Block), from),
        new RoleEffect.Broadcast(Role.Farmer, Finalized(place)),
    ];

    /// <summary>To timelords: iterations an unfinished block needs.</summary>
    public static ProofOfSpaceInfoMessage Info(UnfinishedBlock block) => new(block.ChallengeHash, block.Iterations);

    /// <summary>
    /// To a full node: every tip, in tip order, and the unfinished blocks on top of them (DECISIONS 17). The reference greets with tips
    /// only; then a node that was away has nothing for its timelord to finish, and if that is the only timelord, the chain ends.
    /// </summary>
    private async Task<List<RoleEffect>> Chain(PeerConnection? to)
    {
        var effects = new List<RoleEffect>();
        state.Chain = await services.Chain.GetSnapshot();
        foreach (var tip in state.Chain.Tips)
        {
            if (await services.Chain.GetBlock(tip.HeaderHash) is { } block)
                effects.Add(Send(Role.FullNode, to, new BlockMessage(block.Block)));
        }

        effects.AddRange(Waiting().Select(unfinished => Send(Role.FullNode, to, new UnfinishedBlockMessage(unfinished.Block))));
        return effects;
    }

    /// <summary>To a timelord: a challenge per tip, then the iterations that unfinished blocks on top of the tips need.</summary>
    private List<RoleEffect> Challenges(PeerConnection? to, IReadOnlyList<TipInfo> deeper) =>
    [
        .. state.Chain.Tips.Concat(deeper)
            .Select(tip => Send(Role.Timelord, to, new ChallengeStartMessage(tip.ChallengeHash, tip.TotalWeight))),
        .. Waiting().Select(unfinished => Send(Role.Timelord, to, Info(unfinished))),
    ];

    /// <summary>To a farmer: the speed to reckon with, then a challenge per tip.</summary>
    private List<RoleEffect> Farming(PeerConnection? to, IReadOnlyList<TipInfo> deeper)
    {
        var effects = new List<RoleEffect>();
        if (state.Chain.Tips[0].NextIterationsPerSecond is > 0 and var rate)
            effects.Add(Send(Role.Farmer, to, new ProofOfTimeRateMessage(rate)));
        effects.AddRange(state.Chain.Tips.Concat(deeper).Select(tip => Send(Role.Farmer, to, Finalized(tip))));
        return effects;
    }

    /// <summary>The blocks below and beside the tips that can be built on, heaviest first; none while the tips are answered.</summary>
    private async Task<IReadOnlyList<TipInfo>> Deeper()
    {
        state.Chain = await services.Chain.GetSnapshot();
        if (!state.IsDeadEnd)
            return [];
        var blocks = await services.Chain.GetFromHeight(state.LowestHeight(services.Options.Retention), MaxDeeper);
        return [.. blocks.Where(b => !state.Chain.IsTip(b.HeaderHash) && b.NextDifficulty > 0)];
    }

    /// <summary>Unfinished blocks on the tips, and in a dead end all others as well.</summary>
    private List<UnfinishedBlock> Waiting()
    {
        var isDeadEnd = state.IsDeadEnd;
        return [.. state.Unfinished.InOrder.Where(u => !u.IsCompleted && (isDeadEnd || state.Chain.IsTip(u.ParentHash)))];
    }

    private static RoleEffect Send(Role role, PeerConnection? to, Message message) =>
        to is null ? new RoleEffect.Broadcast(role, message) : new RoleEffect.Send(to, message);

    private static ProofOfSpaceFinalizedMessage Finalized(TipInfo tip) =>
        new(tip.ChallengeHash, tip.Height, tip.TotalWeight, tip.Quality, tip.Difficulty);
}
