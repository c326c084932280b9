using System.Security.Cryptography;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
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

    /// <summary>Placeholder that every block of the reference carries: the plain signature of "anything" by the key from seed "12345"
    /// (ROLES.md 6.1).</summary>
    private static readonly Bytes96 PlaceholderSignature = Bytes96.FromHex(
        "8777cf4ae997dd43fffcd94d19edd11ecab7810fce62c2cfc9d11929d7042cbca9acb6c79288911b25067bb98b9d30230a73ed1607f9b0c21f77376570537ea8"
        + "ae794ea2cc6a9623753984ac779c986a273d095c67c536bafa1aaf9abb1ca46c");

    /// <summary>Seconds that a timestamp of ours may be ahead of our clock: far less than any node's rules allow, far more than a burst of
    /// blocks needs.</summary>
    private const ulong MaxAhead = 60;

    /// <summary><c>request_header_hash</c>: for any stored block whose challenge the proof answers, not for tips only
    /// (DECISIONS 16).</summary>
    public async Task<List<RoleEffect>> RequestHeaderHash(PeerConnection from, RequestHeaderHashMessage request)
    {
        var proof = request.ProofOfSpace;
        if (proof.ChallengeHash != request.ChallengeHash || await services.Validator.CheckProofOfSpace(proof.ToBytes()) is not { } quality)
            return [new RoleEffect.Penalise(from, Blame.Breach("asked for a header with an invalid proof of space"))];

        // A twin with another header would pose the very same challenge (CONSENSUS.md 3), and tips that all pose one challenge lead
        // nowhere.
        if (await services.Chain.GetParentFor(request.ChallengeHash, quality) is not { HasBlock: false, Parent: var parent } standing)
            return [];

        // Some blocks cannot have a valid child (CONSENSUS.md 9), others are too old for one to matter.
        if (parent.NextDifficulty == 0 || parent.Height < state.LowestHeight(services.Options.Retention))
            return [];

        var body = new Body(
            request.Coinbase,
            request.CoinbaseSignature,
            new FeesTarget(request.FeesTargetPuzzleHash, 0),
            PlaceholderSignature,
            EmptyGenerator,
            0);
        var data = new HeaderData(
            parent.HeaderHash,
            Timestamp(standing),
            new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Size)),
            proof.Sha256(),
            body.Sha256(),
            default);
        var candidate = new Candidate(proof, data, body, data.Sha256());

        // The height is the parent's word, not the farmer's: a coinbase of a far height would outlive all others.
        state.Candidates.Set(data.ProofOfSpaceHash, parent.Height + 1, candidate);
        return [new RoleEffect.Send(from, new HeaderHashMessage(data.ProofOfSpaceHash, candidate.DataHash))];
    }

    /// <summary>
    /// Now, but never below what the rules allow, which the reference forgets (ROLES.md 12), and a second after the parent if that is
    /// about now: when many blocks come in one second, equal timestamps at the wrong heights would let no child be valid (CONSENSUS.md 9).
    /// </summary>
    private ulong Timestamp(CandidateStanding standing)
    {
        var now = (ulong)services.Time.GetUtcNow().ToUnixTimeSeconds();
        var next = standing.Parent.Timestamp + 1;
        return Math.Max(next <= now + MaxAhead ? Math.Max(now, next) : now, standing.EarliestTimestamp);
    }

    /// <summary><c>header_signature</c>.</summary>
    public async Task<List<RoleEffect>> HeaderSignature(PeerConnection from, HeaderSignatureMessage message)
    {
        if (state.Candidates.Find(message.PosHash) is not { } candidate)
            return [];
        if (candidate.DataHash != message.HeaderHash)
            return [new RoleEffect.Penalise(from, Blame.Unhelpful("signed another header than ours"))];
        var header = new Header(candidate.Data, message.HeaderSignature);
        var block = new FullBlock(new HeaderBlock(candidate.ProofOfSpace, null, null, header), candidate.Body);
        return await unfinished.Receive(from, block);
    }
}
