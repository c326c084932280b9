using Chia.Consensus.Validation;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Broadcast;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Grains.FullNode;

/// <summary>Proofs of time: they turn an unfinished block into a block (SYNC.md 4.2, 4.3).</summary>
internal sealed class ProofOfTimeHandler(FullNodeServices services, FullNodeState state, BlockHandler blocks)
{
    /// <summary><c>proof_of_time_finished</c>, from a timelord.</summary>
    public async Task<List<RoleEffect>> Finished(PeerConnection from, ProofOfTime proof)
    {
        if (await Complete(proof) is { } block)
            return await blocks.Receive(from, block);
        FullNodeLog.NoSuchUnfinished(services.Log, proof.ChallengeHash, proof.NumberOfIterations);
        return [];
    }

    /// <summary><c>new_proof_of_time</c>, from a full node: completes a block, or is passed on once if it belongs to one of our tips (DECISIONS 13).</summary>
    public async Task<List<RoleEffect>> New(PeerConnection from, ProofOfTime proof)
    {
        if (await Complete(proof) is { } block)
            return await blocks.Receive(from, block);
        var snapshot = await services.Chain.GetSnapshot();
        if (!snapshot.Tips.Any(tip => tip.ChallengeHash == proof.ChallengeHash))
            return [];

        // Only now: a proof that came before its tip may be of use when it comes again.
        if (!state.SeenProofs.Add(proof.Sha256()))
            return [];
        if (await services.Validator.CheckProofOfTime(proof.ToBytes()) is { } fault)
            return [new RoleEffect.Penalise(from, Blame.BadData($"sent an invalid proof of time: {fault}"))];
        return [new RoleEffect.Broadcast(NodeType.FullNode, new NewProofOfTimeMessage(proof), from)];
    }

    private async Task<BlockData?> Complete(ProofOfTime proof)
    {
        if (state.Unfinished.Find(UnfinishedKey.Of(proof)) is not { } unfinished)
            return null;
        if (await services.Chain.GetInfo(unfinished.ParentHash) is not { } parent)
            return null;
        return new BlockData(BlockCompletion.Complete(unfinished.Block, proof, parent.ToRecord(), unfinished.Difficulty));
    }
}
