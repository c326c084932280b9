using Chia.Consensus.Validation;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Grains.FullNode;

/// <summary>Proofs of time: they turn an unfinished block into a block (SYNC.md 4.2, 4.3). Whoever sends others is bounded
/// (DECISIONS 13).</summary>
internal sealed class ProofOfTimeHandler(FullNodeServices services, FullNodeState state, BlockHandler blocks)
{
    /// <summary>Seconds of proof of time beyond which no farmer makes a block: propagate_threshold of the reference
    /// (ROLES.md 2.1).</summary>
    private const uint LongestSeconds = 10_000;

    private readonly ProofBudget _budget = new(TimeSpan.FromSeconds(services.Network.Constants.BlockTimeTarget), services.Time);

    /// <summary><c>proof_of_time_finished</c>, from a timelord.</summary>
    public async Task<List<RoleEffect>> Finished(PeerConnection from, ProofOfTime proof)
    {
        if (Complete(proof) is { } block)
            return await blocks.Receive(from, block);
        if (state.Unfinished.Contains(UnfinishedKey.Of(proof)))
            return [];
        var effects = Useless(from);
        if (effects.Count == 0)
            FullNodeLog.NoSuchUnfinished(services.Log, proof.ChallengeHash, proof.NumberOfIterations);
        return effects;
    }

    /// <summary>
    /// <c>new_proof_of_time</c>, from a full node: completes an unfinished block that we hold, or is passed on once if one could still
    /// come that needs it. What was seen is told by challenge and iterations, so that another spelling is nothing new.
    /// </summary>
    public async Task<List<RoleEffect>> New(PeerConnection from, ProofOfTime proof)
    {
        if (Complete(proof) is { } block)
            return await blocks.Receive(from, block);
        var key = UnfinishedKey.Of(proof);
        var tip = Array.Find(state.Chain.Tips, t => t.ChallengeHash == proof.ChallengeHash);
        if (state.Unfinished.Contains(key) || state.SeenProofs.Contains(key) || tip is null)
            return Useless(from);
        if (!CouldBeNeeded(tip, proof.NumberOfIterations))
            return [new RoleEffect.Penalise(from, Blame.BadData("sent a proof of time that no block could need"))];
        if (!_budget.TryVerify(proof.ChallengeHash, from.ConnectionId, state.Chain))
            return Useless(from);
        if (await services.Validator.CheckProofOfTime(proof.ToBytes()) is { } fault)
            return [new RoleEffect.Penalise(from, Blame.BadData($"sent an invalid proof of time: {fault}"))];
        return state.SeenProofs.Add(key) ? [new RoleEffect.Broadcast(Role.FullNode, new NewProofOfTimeMessage(proof), from)] : [];
    }

    /// <summary>A peer is gone.</summary>
    public void Forget(PeerConnection peer) => _budget.Forget(peer.ConnectionId);

    /// <summary>More than the mandatory seconds, and no more than a farmer waits for (CONSENSUS.md 7).</summary>
    private bool CouldBeNeeded(TipInfo tip, ulong iterations)
    {
        var perSecond = (UInt128)tip.NextIterationsPerSecond;
        return iterations > perSecond * services.Network.Constants.MinBlockTime && iterations <= perSecond * LongestSeconds;
    }

    private List<RoleEffect> Useless(PeerConnection from) =>
        _budget.Tolerate(from.ConnectionId)
            ? []
            : [new RoleEffect.Penalise(from, Blame.Unhelpful("sends proofs of time that complete nothing"))];

    private BlockData? Complete(ProofOfTime proof) =>
        state.Unfinished.Find(UnfinishedKey.Of(proof)) is { IsCompleted: false } unfinished
            ? new BlockData(BlockCompletion.Complete(unfinished.Block, proof, unfinished.Parent.ToRecord(), unfinished.Difficulty))
            : null;
}
