using Chia.Consensus.Validation;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Grains.FullNode;

/// <summary>Proofs of time: they turn an unfinished block into a block (SYNC.md 4.2, 4.3).</summary>
internal sealed class ProofOfTimeHandler(FullNodeServices services, FullNodeState state, BlockHandler blocks)
{
    /// <summary><c>proof_of_time_finished</c>, from a timelord.</summary>
    public async Task<HandlerResult> Finished(PeerConnection from, ProofOfTime proof)
    {
        if (await Complete(proof) is { } block)
            return await blocks.Receive(from, block);
        FullNodeLog.NoSuchUnfinished(services.Log, proof.ChallengeHash, proof.NumberOfIterations);
        return HandlerResult.Nothing;
    }

    /// <summary><c>new_proof_of_time</c>, from a full node: completes a block, or is passed on once if it belongs to one of our tips (DECISIONS 13).</summary>
    public async Task<HandlerResult> New(PeerConnection from, ProofOfTime proof)
    {
        if (await Complete(proof) is { } block)
            return await blocks.Receive(from, block);
        var snapshot = await services.Chain.GetSnapshot();
        if (!snapshot.Tips.Any(tip => tip.ChallengeHash == proof.ChallengeHash))
            return HandlerResult.Nothing;

        // Only now: a proof that came before its tip may be of use when it comes again.
        if (!state.SeenProofs.Add(proof.Sha256()))
            return HandlerResult.Nothing;
        if (await services.Validator.CheckProofOfTime(proof.ToBytes()) is { } fault)
            return HandlerResult.Of(Blame.BadData($"sent an invalid proof of time: {fault}"));
        return HandlerResult.Send(
            OutboundMessage.Of(NodeType.FullNode, Delivery.BroadcastToOthers, new NewProofOfTimeMessage(proof)));
    }

    private async Task<BlockData?> Complete(ProofOfTime proof)
    {
        if (state.Unfinished.Find(new UnfinishedKey(proof.ChallengeHash, proof.NumberOfIterations)) is not { } unfinished)
            return null;
        if (await services.Chain.GetInfo(unfinished.ParentHash) is not { } parent)
            return null;
        return new BlockData(BlockCompletion.Complete(unfinished.Block, proof, parent.ToRecord(), unfinished.Difficulty));
    }
}
