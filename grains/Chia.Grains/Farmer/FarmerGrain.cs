using Chia.Consensus.Validation;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Broadcast;
using Chia.Grains.Placement;
using Chia.Grains.Work;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chia.Grains.Farmer;

/// <summary>
/// The farmer: hands messages to <see cref="FarmerState"/>, has proofs and signatures computed on <see cref="FarmerThreads"/>. Reentrant, so that
/// nobody waits for another's proof.
/// </summary>
[Reentrant] // Proofs and signatures are verified on threads; qualities that come meanwhile are taken at once.
[KeepAlive]
[NeedsRole(SiloRole.Farmer)]
[WithItsNode]
public sealed class FarmerGrain : Grain, IFarmerGrain
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(5);

    private readonly FarmerThreads _threads;
    private readonly ILogger<FarmerGrain> _log;
    private readonly FarmerCryptography _cryptography;
    private readonly FarmerState _state;
    private readonly PeerAccess _access;

    /// <summary>Created by the engine.</summary>
    public FarmerGrain(
        NetworkDefinition network,
        FarmerKeys keys,
        IOptions<FarmerOptions> options,
        IProofVerifier proofs,
        FarmerThreads threads,
        TimeProvider time,
        ILogger<FarmerGrain> log)
    {
        _threads = threads;
        _access = options.Value.AcceptFrom;
        _log = log;
        _cryptography = new FarmerCryptography(proofs, keys, network.Constants);
        _state = new FarmerState(options.Value, network.Constants, keys.Identity, time);
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(TickInterval, TickInterval));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<HandlerResult> Connected(PeerConnection peer)
    {
        if (_access.Admits(peer))
            return await Carry(peer, _state.Connected(peer));
        AccessLog.Refused(_log, peer.Describe(), peer.LocalRole);
        return HandlerResult.Send(OutboundMessage.CloseOrigin);
    }

    /// <inheritdoc/>
    public async Task Disconnected(PeerConnection peer) => await Carry(null, _state.Disconnected(peer));

    /// <inheritdoc/>
    public Task<FarmerStatus> GetStatus() => Task.FromResult(_state.Status());

    /// <inheritdoc/>
    public Task<FarmerChallengeView[]> GetChallenges(int most) => Task.FromResult(_state.NewestChallenges(most));

    /// <inheritdoc/>
    public async Task<HandlerResult> Handle(PeerConnection peer, PeerMessage message, CancellationToken cancellation)
    {
        // This grain has moved to another machine since: the peer starts over, and tells its challenges again.
        return _state.Knows(peer)
            ? await Carry(peer, await Dispatch(peer, message))
            : HandlerResult.Send(OutboundMessage.CloseOrigin);
    }

    private async Task<DirectedResult> Dispatch(PeerConnection peer, PeerMessage message) => message.Message switch
    {
        ProofOfSpaceFinalizedMessage m => Finalized(peer, m),
        ProofOfTimeRateMessage m => Rate(peer, m),
        ProofOfSpaceArrivedMessage => DirectedResult.Nothing,
        HeaderHashMessage m => _state.HeaderMade(peer, m),
        ChallengeResponseMessage m => _state.Answered(peer, m),
        RespondProofOfSpaceMessage m => await Proof(peer, m),
        RespondHeaderSignatureMessage m => await HeaderSignature(peer, m),
        RespondPartialProofMessage m => await PartialProof(peer, m),
        _ => DirectedResult.Of(Blame.Breach($"sent {message.Message.Function} to a farmer")),
    };

    private DirectedResult Finalized(PeerConnection node, ProofOfSpaceFinalizedMessage message)
    {
        var result = _state.Finalized(node, message);
        var asked = result.Messages.Count(m => m.Message is NewChallengeMessage);
        if (asked > 0)
            FarmerLog.Challenge(_log, message.ChallengeHash, message.Height, message.Weight, asked);
        return result;
    }

    private DirectedResult Rate(PeerConnection node, ProofOfTimeRateMessage message)
    {
        _state.Rate(node, message.PotEstimateIps);
        return DirectedResult.Nothing;
    }

    private async Task<DirectedResult> Proof(PeerConnection harvester, RespondProofOfSpaceMessage message)
    {
        var refusal = _state.ProofArrived(harvester, message, out var quality);
        if (quality is null)
            return refusal;
        var challenge = quality.Challenge;
        VerifiedProof? verified;
        try
        {
            verified = await _threads.Run(
                () => _cryptography.Verify(challenge.Hash, challenge.Height + 1, message.Quality, message.Proof), isUrgent: true);
        }
        catch
        {
            quality.IsVerifying = false;
            throw;
        }

        var result = _state.ProofVerified(harvester, quality, verified);
        var asked = result.Messages.Count(m => m.Message is RequestHeaderHashMessage);
        if (verified is not null)
            FarmerLog.Proof(_log, challenge.Height + 1, message.Proof.Size, _state.SecondsOf(quality), asked);
        return result;
    }

    private async Task<DirectedResult> HeaderSignature(PeerConnection harvester, RespondHeaderSignatureMessage message)
    {
        var refusal = _state.SignatureArrived(harvester, message, out var quality, out var headers);
        if (quality is null)
            return refusal;
        var plotKey = quality.Proof!.Proof.PlotPublicKey;
        var signed = await _threads.Run(() => _cryptography.FindSigned(plotKey, headers, message.HeaderHashSignature), isUrgent: true);
        if (signed is not { } header)
            return DirectedResult.Of(Blame.Breach("sent a header signature that does not verify"));
        FarmerLog.Signed(_log, header, quality.Challenge.Height + 1);
        return _state.HeaderSigned(quality, header, message.HeaderHashSignature);
    }

    private async Task<DirectedResult> PartialProof(PeerConnection harvester, RespondPartialProofMessage message)
    {
        var refusal = _state.PartialArrived(harvester, message, out var quality);
        if (quality is null)
            return refusal;
        var plotKey = quality.Proof!.Proof.PlotPublicKey;
        if (!await _threads.Run(() => _cryptography.IsSigned(plotKey, _state.PartialMessage, message.FarmerTargetSignature)))
            return DirectedResult.Of(Blame.Breach("sent a share whose signature does not verify"));
        _state.PartialSigned();
        FarmerLog.Share(_log, message.Quality);
        return DirectedResult.Nothing;
    }

    private async Task Tick(CancellationToken cancellation)
    {
        try
        {
            var givenUp = new List<Bytes32>();
            var result = _state.Tick(givenUp);
            foreach (var quality in givenUp)
                FarmerLog.GivenUp(_log, quality);
            await Carry(null, result);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            FarmerLog.UpkeepFailed(_log, error);
        }
    }

    private async Task<HandlerResult> Carry(PeerConnection? origin, DirectedResult result) =>
        new(await Effects.SendDirected(GrainFactory, result.Messages, origin?.ConnectionId, _log), result.Blame);
}
