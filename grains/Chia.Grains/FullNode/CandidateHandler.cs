using System.Security.Cryptography;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Grains.FullNode;

/// <summary>The farmer's way to a block: a header to sign, then the signature (ROLES.md 6).</summary>
internal sealed class CandidateHandler(FullNodeServices services, FullNodeState state, UnfinishedHandler unfinished)
{
    /// <summary>H(""): the generator that a block without transactions carries (ROLES.md 6.1).</summary>
    private static readonly Bytes32 EmptyGenerator = new(SHA256.HashData([]));

    /// <summary>Placeholder that every block of the reference carries: the plain signature of "anything" by the key from seed "12345" (ROLES.md 6.1).</summary>
    private static readonly Bytes96 PlaceholderSignature = Bytes96.FromHex(
        "8777cf4ae997dd43fffcd94d19edd11ecab7810fce62c2cfc9d11929d7042cbca9acb6c79288911b25067bb98b9d30230a73ed1607f9b0c21f77376570537ea8"
        + "ae794ea2cc6a9623753984ac779c986a273d095c67c536bafa1aaf9abb1ca46c");

    /// <summary><c>request_header_hash</c>.</summary>
    public async Task<HandlerResult> RequestHeaderHash(RequestHeaderHashMessage request)
    {
        var proof = request.ProofOfSpace;
        if (proof.ChallengeHash != request.ChallengeHash || await services.Validator.CheckProofOfSpace(proof.ToBytes()) is not { } quality)
            return HandlerResult.Of(Blame.Breach("asked for a header with an invalid proof of space"));
        var snapshot = await services.Chain.GetSnapshot();
        if (snapshot.Tips.FirstOrDefault(tip => tip.ChallengeHash == request.ChallengeHash) is not { } tip)
            return HandlerResult.Nothing;
        if (await HasBlockWith(snapshot, tip, quality))
            return HandlerResult.Nothing;

        var body = new Body(
            request.Coinbase,
            request.CoinbaseSignature,
            new FeesTarget(request.FeesTargetPuzzleHash, 0),
            PlaceholderSignature,
            EmptyGenerator,
            0);
        var data = new HeaderData(
            tip.HeaderHash,
            await Timestamp(tip.HeaderHash),
            new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Size)),
            proof.Sha256(),
            body.Sha256(),
            default);
        var candidate = new Candidate(proof, data, body, data.Sha256());

        // The height is the tip's word, not the farmer's: a coinbase of a far height would outlive all others.
        state.Candidates.Set(data.ProofOfSpaceHash, tip.Height + 1, candidate);
        return HandlerResult.Send(OutboundMessage.Of(
            NodeType.Farmer, Delivery.Respond, new HeaderHashMessage(data.ProofOfSpaceHash, candidate.DataHash)));
    }

    /// <summary><c>header_signature</c>.</summary>
    public async Task<HandlerResult> HeaderSignature(PeerConnection from, HeaderSignatureMessage message)
    {
        if (state.Candidates.Find(message.PosHash) is not { } candidate)
            return HandlerResult.Nothing;
        if (candidate.DataHash != message.HeaderHash)
            return HandlerResult.Of(Blame.Unhelpful("signed another header than ours"));
        var header = new Header(candidate.Data, message.HeaderSignature);
        var block = new FullBlock(new HeaderBlock(candidate.ProofOfSpace, null, null, header), candidate.Body);
        return await unfinished.Receive(from, block);
    }

    /// <summary>
    /// The proof is a block already. A twin with another header would pose the very same challenge (CONSENSUS.md 3), and tips that all pose
    /// one challenge lead nowhere if no plot answers it.
    /// </summary>
    private async Task<bool> HasBlockWith(ChainSnapshot snapshot, TipInfo parent, Bytes32 quality)
    {
        foreach (var tip in snapshot.Tips.Where(tip => tip.Height > parent.Height))
        {
            var branch = await services.Chain.GetBranch(tip.HeaderHash, (int)(tip.Height - parent.Height));
            if (branch is [.., var child] && child.PrevHeaderHash == parent.HeaderHash && child.Quality == quality)
                return true;
        }

        return false;
    }

    /// <summary>Now, but never below what the rules allow: the reference forgets that (ROLES.md 12).</summary>
    private async Task<ulong> Timestamp(Bytes32 parent) =>
        Math.Max((ulong)services.Time.GetUtcNow().ToUnixTimeSeconds(), await services.Chain.GetEarliestTimestamp(parent));
}
