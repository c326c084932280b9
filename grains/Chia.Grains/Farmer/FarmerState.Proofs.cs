using Chia.Consensus.Rules;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Farmer;

/// <content>From a quality to its proof (ROLES.md 3.2).</content>
internal sealed partial class FarmerState
{
    /// <summary>
    /// How often one harvester is asked for one proof that does not come; after that the challenge is over as a rule. A bad proof is not
    /// asked for again.
    /// </summary>
    private const int MaxTries = 3;

    /// <summary><c>challenge_response</c>: is the quality worth its proof?</summary>
    public List<RoleEffect> Answered(PeerConnection harvester, ChallengeResponseMessage message)
    {
        if (!_challenges.TryGetValue(message.ChallengeHash, out var challenge))
        {
            return _forgotten.Contains(message.ChallengeHash)
                ? []
                : [new RoleEffect.Penalise(harvester, Blame.Breach("answered a challenge that was never put to it"))];
        }

        challenge.HasAnswer = true;
        if (_qualities.TryGetValue(message.Quality, out var known))
            return Adopt(harvester, known);
        var speed = Estimate(challenge);
        var error = Iterations.TryCompute(
            message.Quality, message.PlotSize, challenge.Difficulty, speed, _constants.MinBlockTime, out var iterations);
        if (error == IterationsError.PlotSizeZero)
            return [new RoleEffect.Penalise(harvester, Blame.Breach("answered from a plot of size 0"))];
        if (error != IterationsError.None
            || !IsBelow(iterations, speed, Math.Max(_options.PoolShareThreshold, _options.PropagateThreshold)))
        {
            challenge.OtherAnswers++;
            return [];
        }

        if (!IsImprovement(challenge, iterations))
        {
            if (challenge.Reserve.Count < _options.MaxReserve)
                challenge.Reserve[message.Quality] = new ReserveAnswer(iterations, harvester.ConnectionId);
            return [];
        }

        return challenge.Qualities.Count < _options.MaxQualities
            ? [FollowUp(harvester, challenge, message.Quality, iterations)]
            : [];
    }

    private RoleEffect.Send FollowUp(PeerConnection harvester, FarmerChallenge challenge, Bytes32 hash, ulong iterations)
    {
        var quality = new FarmerQuality(challenge, hash, iterations, harvester.ConnectionId, _time.GetTimestamp());
        challenge.Reserve.Remove(hash);
        challenge.Qualities.Add(hash, quality);
        _qualities.Add(hash, quality);
        return new RoleEffect.Send(harvester, new RequestProofOfSpaceMessage(hash));
    }

    /// <summary><c>respond_proof_of_space</c>, before the proof is verified: is it the answer to a question of ours?</summary>
    /// <param name="harvester">Who sent it.</param>
    /// <param name="message">What it sent.</param>
    /// <param name="quality">The quality it belongs to; hand it back with the outcome of the verification. Null if there is nothing to
    /// verify.</param>
    public List<RoleEffect> ProofArrived(PeerConnection harvester, RespondProofOfSpaceMessage message, out FarmerQuality? quality)
    {
        quality = null;
        if (Find(harvester, message.Quality) is not { } found)
            return Unasked(harvester, "a proof", message.Quality);
        if (found.Proof is not null || found.IsVerifying)
            return [];
        if (!_identity.PoolPublicKeys.Contains(message.Proof.PoolPublicKey))
            return [
                .. GiveUp(found, isBad: true),
                new RoleEffect.Penalise(harvester, Blame.Breach("sent a proof for a pool that is not ours"))];
        found.IsVerifying = true;
        quality = found;
        return [];
    }

    /// <summary>A proof was verified, or found bad.</summary>
    /// <param name="harvester">Who sent it.</param>
    /// <param name="quality">From <see cref="ProofArrived"/>.</param>
    /// <param name="verified">The proof; null if it is bad.</param>
    public List<RoleEffect> ProofVerified(PeerConnection harvester, FarmerQuality quality, VerifiedProof? verified)
    {
        quality.IsVerifying = false;
        if (verified is null)
            return [
                .. GiveUp(quality, isBad: true),
                new RoleEffect.Penalise(harvester, Blame.Breach("sent a proof that does not prove its quality"))];
        if (_qualities.GetValueOrDefault(quality.Quality) != quality)
            return []; // Its challenge was forgotten meanwhile.
        quality.Proof = verified;
        quality.IsGivenUp = false;
        _byProof[verified.PosHash] = quality;
        _proofsFound++;
        var effects = new List<RoleEffect>();
        var speed = Estimate(quality.Challenge);
        if (!TryIterations(quality, verified, speed, out var iterations))
            return [];
        if (IsBelow(iterations, speed, _options.PoolShareThreshold) && Owner(quality) is { } owner)
            effects.Add(new RoleEffect.Send(owner, new RequestPartialProofMessage(quality.Quality, _farmerTargetHash)));
        foreach (var node in quality.Challenge.Announcers)
        {
            if (_nodes.TryGetValue(node, out var connection))
                effects.AddRange(HeaderFrom(connection, quality));
        }

        return effects;
    }

    /// <summary><c>respond_partial_proof</c>, before it is verified. What must be signed is <see cref="PartialMessage"/>.</summary>
    public List<RoleEffect> PartialArrived(PeerConnection harvester, RespondPartialProofMessage message, out FarmerQuality? quality)
    {
        quality = Find(harvester, message.Quality);
        if (quality?.Proof is not null)
            return [];
        quality = null;
        return Unasked(harvester, "a share", message.Quality);
    }

    /// <summary>What a harvester signs for a pool: H(farmer target).</summary>
    public Bytes32 PartialMessage => _farmerTargetHash;

    /// <summary>A share was verified. No pool is contacted: none exists (ROLES.md 8).</summary>
    public void PartialSigned() => _shares++;

    /// <summary>Seconds that a proof is expected to need, for logs.</summary>
    public double SecondsOf(FarmerQuality quality) => (double)quality.Iterations / Estimate(quality.Challenge);

    /// <summary>What was asked for and has been forgotten since is late, not wrong.</summary>
    private List<RoleEffect> Unasked(PeerConnection from, string what, Bytes32 about) =>
        _forgottenWork.Contains(about) ? [] : [new RoleEffect.Penalise(from, Blame.Unhelpful($"sent {what} that was not asked for"))];

    /// <summary>At low heights only an answer with fewer iterations than all before it is followed up.</summary>
    private bool IsImprovement(FarmerChallenge challenge, ulong iterations)
    {
        if (challenge.Height >= _options.BestOnlyBelowHeight)
            return true;
        if (iterations >= challenge.BestIterations)
            return false;
        challenge.BestIterations = iterations;
        return true;
    }

    /// <summary>
    /// A known quality again: a harvester that was lost is back and takes up where it left off, or the proof that one of them did not
    /// deliver is asked of the next that offers it.
    /// </summary>
    private List<RoleEffect> Adopt(PeerConnection harvester, FarmerQuality quality)
    {
        if (quality.Harvester is not null && (!quality.IsGivenUp || quality.FailedBy.ContainsKey(harvester.ConnectionId)))
            return [];
        quality.Harvester = harvester.ConnectionId;
        if (quality.IsVerifying)
            return [];
        if (quality.Proof is not null)
        {
            return
            [
                .. quality.Headers.Values.Where(h => h.IsUnsigned)
                    .Select(h => new RoleEffect.Send(harvester, new RequestHeaderSignatureMessage(quality.Quality, h.Hash!.Value))),
            ];
        }

        quality.IsGivenUp = false;
        quality.AskedAt = _time.GetTimestamp();
        quality.Challenge.BestIterations = Math.Min(quality.Challenge.BestIterations, quality.Iterations);
        return [new RoleEffect.Send(harvester, new RequestProofOfSpaceMessage(quality.Quality))];
    }

    private List<RoleEffect> HarvesterLost(ConnectionId connectionId)
    {
        var effects = new List<RoleEffect>();
        foreach (var quality in _qualities.Values.Where(q => q.Harvester == connectionId).ToList())
        {
            quality.Harvester = null;
            if (IsAwaited(quality))
                effects.AddRange(GiveUp(quality));
        }

        return [.. effects.Distinct()];
    }

    /// <summary>Its proof will not come: others' worse answers, ignored because of it, count again. So the harvesters are asked once
    /// more.</summary>
    private List<RoleEffect> GiveUp(FarmerQuality quality, bool isBad = false)
    {
        quality.IsGivenUp = true;
        if (quality.Harvester is { } failed)
            quality.FailedBy[failed] = isBad ? MaxTries : quality.FailedBy.GetValueOrDefault(failed) + 1;
        var challenge = quality.Challenge;
        if (challenge.Height >= _options.BestOnlyBelowHeight)
            return [];
        var others = challenge.Qualities.Values.Where(q => !q.IsGivenUp).ToList();
        challenge.BestIterations = others.Count > 0 ? others.Min(q => q.Iterations) : ulong.MaxValue;
        return Current().Contains(challenge) ? [.. Ask(challenge)] : [];
    }

    /// <summary>
    /// Whoever did not deliver a proof is asked again after a while, a few times: its drive may have slept. What others offer meanwhile is
    /// not kept back.
    /// </summary>
    private IEnumerable<RoleEffect> TryAgain(FarmerChallenge challenge)
    {
        foreach (var quality in challenge.Qualities.Values.Where(q => q is { IsGivenUp: true, Proof: null, IsVerifying: false }))
        {
            if (Owner(quality) is not { } owner || !quality.FailedBy.TryGetValue(owner.ConnectionId, out var tries) || tries >= MaxTries
                || Elapsed(quality.AskedAt) < _options.ProofTimeout * (1 << tries))
                continue;
            quality.IsGivenUp = false;
            quality.AskedAt = _time.GetTimestamp();
            yield return new RoleEffect.Send(owner, new RequestProofOfSpaceMessage(quality.Quality));
        }
    }

    private static bool IsAwaited(FarmerQuality quality) => quality is { Proof: null, IsGivenUp: false, IsVerifying: false };

    /// <summary>The quality, if this harvester is the one that has its plot.</summary>
    private FarmerQuality? Find(PeerConnection harvester, Bytes32 quality) =>
        _qualities.TryGetValue(quality, out var found) && found.Harvester == harvester.ConnectionId ? found : null;

    private PeerConnection? Owner(FarmerQuality quality) =>
        quality.Harvester is { } id ? _harvesters.GetValueOrDefault(id) : null;

    /// <summary>Iterations by the size that the proof itself tells.</summary>
    private bool TryIterations(FarmerQuality quality, VerifiedProof verified, ulong speed, out ulong iterations) =>
        Iterations.TryCompute(
            quality.Quality, verified.Proof.Size, quality.Challenge.Difficulty, speed, _constants.MinBlockTime,
            out iterations) == IterationsError.None;
}
