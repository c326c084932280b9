using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Effects;
using Chia.Grains.Work;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Farmer;

/// <summary>
/// The farmer: hands messages to <see cref="FarmerState"/>, and has proofs and signatures computed on <see cref="FarmerThreads"/>, so that
/// nobody waits for another's proof.
/// </summary>
/// <param name="state">What it knows and decides.</param>
/// <param name="cryptography">Proofs and signatures.</param>
/// <param name="threads">Where they are computed.</param>
/// <param name="access">Whom it lets in.</param>
/// <param name="log">The log.</param>
internal sealed class FarmerRole(FarmerState state, FarmerCryptography cryptography, FarmerThreads threads, PeerAccess access, ILogger log)
    : IRoleLogic
{
    /// <inheritdoc/>
    public Task<List<RoleEffect>> Connected(PeerConnection peer)
    {
        if (!access.Admits(peer))
        {
            AccessLog.Refused(log, peer.Describe(), peer.LocalRole);
            return Task.FromResult<List<RoleEffect>>([new RoleEffect.Close(peer)]);
        }

        // A full node tells its challenges when a connection begins, and the next with the next block.
        var hasToldChallenges = peer is { IsToldAgain: true, PeerRole: Role.FullNode } && !state.Knows(peer);
        return Task.FromResult(hasToldChallenges ? [new RoleEffect.Close(peer)] : state.Connected(peer));
    }

    /// <inheritdoc/>
    public async Task<List<RoleEffect>> Handle(PeerConnection peer, Message message, CancellationToken cancellation = default) =>
        // If the grain has moved to another machine since, the peer starts over, and tells its challenges again.
        state.Knows(peer) ? await Dispatch(peer, message) : [new RoleEffect.Close(peer)];

    /// <inheritdoc/>
    public Task<List<RoleEffect>> Disconnected(PeerConnection peer) => Task.FromResult(state.Disconnected(peer));

    /// <inheritdoc/>
    public Task<List<RoleEffect>> Tick()
    {
        var givenUp = new List<Bytes32>();
        var effects = state.Tick(givenUp);
        foreach (var quality in givenUp)
            FarmerLog.GivenUp(log, quality);
        return Task.FromResult(effects);
    }

    public FarmerStatus Status() => state.Status();

    public FarmerChallengeView[] NewestChallenges(int most) => state.NewestChallenges(most);

    private async Task<List<RoleEffect>> Dispatch(PeerConnection peer, Message message) => message switch
    {
        ProofOfSpaceFinalizedMessage m => Finalized(peer, m),
        ProofOfTimeRateMessage m => Rate(peer, m),
        ProofOfSpaceArrivedMessage => [],
        HeaderHashMessage m => state.HeaderMade(peer, m),
        ChallengeResponseMessage m => state.Answered(peer, m),
        RespondProofOfSpaceMessage m => await Proof(peer, m),
        RespondHeaderSignatureMessage m => await HeaderSignature(peer, m),
        RespondPartialProofMessage m => await PartialProof(peer, m),
        _ => [new RoleEffect.Penalise(peer, Blame.Breach($"sent {message.Function} to a farmer"))],
    };

    private List<RoleEffect> Finalized(PeerConnection node, ProofOfSpaceFinalizedMessage message)
    {
        var effects = state.Finalized(node, message);
        var asked = Count<NewChallengeMessage>(effects);
        if (asked > 0)
            FarmerLog.Challenge(log, message.ChallengeHash, message.Height, message.Weight, asked);
        return effects;
    }

    private List<RoleEffect> Rate(PeerConnection node, ProofOfTimeRateMessage message)
    {
        state.Rate(node, message.PotEstimateIps);
        return [];
    }

    private async Task<List<RoleEffect>> Proof(PeerConnection harvester, RespondProofOfSpaceMessage message)
    {
        var refusal = state.ProofArrived(harvester, message, out var quality);
        if (quality is null)
            return refusal;
        var challenge = quality.Challenge;
        VerifiedProof? verified;
        try
        {
            verified = await threads.Run(
                () => cryptography.Verify(challenge.Hash, challenge.Height + 1, message.Quality, message.Proof), isUrgent: true);
        }
        catch
        {
            quality.IsVerifying = false;
            throw;
        }

        var effects = state.ProofVerified(harvester, quality, verified);
        var asked = Count<RequestHeaderHashMessage>(effects);
        if (verified is not null)
            FarmerLog.Proof(log, challenge.Height + 1, message.Proof.Size, state.SecondsOf(quality), asked);
        return effects;
    }

    private async Task<List<RoleEffect>> HeaderSignature(PeerConnection harvester, RespondHeaderSignatureMessage message)
    {
        var refusal = state.SignatureArrived(harvester, message, out var quality, out var headers);
        if (quality is null)
            return refusal;
        var plotKey = quality.Proof!.Proof.PlotPublicKey;
        var signed = await threads.Run(() => cryptography.FindSigned(plotKey, headers, message.HeaderHashSignature), isUrgent: true);
        if (signed is not { } header)
            return [new RoleEffect.Penalise(harvester, Blame.Breach("sent a header signature that does not verify"))];
        FarmerLog.Signed(log, header, quality.Challenge.Height + 1);
        return state.HeaderSigned(quality, header, message.HeaderHashSignature);
    }

    private async Task<List<RoleEffect>> PartialProof(PeerConnection harvester, RespondPartialProofMessage message)
    {
        var refusal = state.PartialArrived(harvester, message, out var quality);
        if (quality is null)
            return refusal;
        var plotKey = quality.Proof!.Proof.PlotPublicKey;
        if (!await threads.Run(() => cryptography.IsSigned(plotKey, state.PartialMessage, message.FarmerTargetSignature)))
            return [new RoleEffect.Penalise(harvester, Blame.Breach("sent a share whose signature does not verify"))];
        state.PartialSigned();
        FarmerLog.Share(log, message.Quality);
        return [];
    }

    private static int Count<TMessage>(List<RoleEffect> effects)
        where TMessage : Message =>
        effects.OfType<RoleEffect.Send>().Count(send => send.Message is TMessage);
}
