using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Farmer;

/// <content>From a proof to a signed header (ROLES.md 3.2).</content>
internal sealed partial class FarmerState
{
    /// <summary>
    /// A full node that announces a challenge again has lost what it knew: it, or its silo, has begun anew, which takes longer than this
    /// (CLUSTER.md 3, Membership). What it says twice in one breath, as a greeting and to all, is said once.
    /// </summary>
    private static readonly TimeSpan OneBreath = TimeSpan.FromSeconds(2);

    /// <summary>A chain that stands still tells its challenges again and again (DECISIONS 16) and has lost nothing: what it says is taken
    /// for a loss once, and again after so long.</summary>
    private static readonly TimeSpan NotAgainFor = TimeSpan.FromMinutes(1);

    /// <summary>Proofs for one challenge that such a full node is given again, the best: one of them becomes the block.</summary>
    private const int MaxGivenAgain = 3;

    /// <summary>Replaced headers remembered: signing takes milliseconds.</summary>
    private const int MaxReplaced = 4;

    /// <summary>A full node that announces a challenge late, or again after a restart, is asked for headers of all proofs that are
    /// there.</summary>
    private IEnumerable<RoleEffect> HeadersFrom(PeerConnection node, FarmerChallenge challenge) =>
        challenge.Qualities.Values.Where(q => q.Proof is not null).OrderBy(q => q.Iterations).SelectMany(q => HeaderFrom(node, q));

    /// <summary>A full node that has begun anew under the same connection has lost the headers that it made, and the blocks around
    /// them.</summary>
    private IEnumerable<RoleEffect> HeadersAgainFrom(PeerConnection node, FarmerChallenge challenge)
    {
        var lost = challenge.Qualities.Values
            .Where(q => q.Headers.ContainsKey(node.ConnectionId))
            .OrderBy(q => q.Iterations)
            .Take(MaxGivenAgain)
            .Where(q => q.Headers[node.ConnectionId] is var made && Elapsed(made.AskedAt) >= (made.IsAgain ? NotAgainFor : OneBreath))
            .ToList();
        foreach (var quality in lost)
        {
            quality.Headers.Remove(node.ConnectionId, out var made);
            Replace(quality, made!);
        }

        return lost.SelectMany(quality => HeaderFrom(node, quality, isAgain: true));
    }

    private static void Replace(FarmerQuality quality, HeaderToSign replaced)
    {
        if (replaced is not { IsUnsigned: true, Hash: { } hash })
            return;
        quality.ReplacedHeaders.Enqueue(hash);
        if (quality.ReplacedHeaders.Count > MaxReplaced)
            quality.ReplacedHeaders.Dequeue();
    }

    private IEnumerable<RoleEffect> HeaderFrom(PeerConnection node, FarmerQuality quality, bool isAgain = false)
    {
        var challenge = quality.Challenge;
        var verified = quality.Proof!;
        var speed = Estimate(challenge);
        if (quality.Headers.ContainsKey(node.ConnectionId)
            || !TryIterations(quality, verified, speed, out var iterations)
            || !IsBelow(iterations, speed, _options.PropagateThreshold))
        {
            return [];
        }

        quality.Headers.Add(node.ConnectionId, new HeaderToSign(_time.GetTimestamp(), isAgain));
        return
        [
            new RoleEffect.Send(node, new RequestHeaderHashMessage(
                challenge.Hash, verified.Coinbase, verified.CoinbaseSignature, _identity.FarmerTarget, verified.Proof)),
        ];
    }

    /// <summary><c>header_hash</c>: a full node made a block around a proof; the harvester with the plot is asked to sign it.</summary>
    public List<RoleEffect> HeaderMade(PeerConnection node, HeaderHashMessage message)
    {
        if (!_byProof.TryGetValue(message.PosHash, out var quality) || !quality.Headers.TryGetValue(node.ConnectionId, out var made))
            return Unasked(node, "a header", message.PosHash);
        if (made.Hash == message.HeaderHash)
            return [];
        Replace(quality, made);
        quality.Headers[node.ConnectionId] = new HeaderToSign(made.AskedAt, made.IsAgain) { Hash = message.HeaderHash };
        return Owner(quality) is { } owner
            ? [new RoleEffect.Send(owner, new RequestHeaderSignatureMessage(quality.Quality, message.HeaderHash))]
            : [];
    }

    /// <summary><c>respond_header_signature</c>, before it is verified.</summary>
    /// <param name="harvester">Who sent it.</param>
    /// <param name="message">What it sent.</param>
    /// <param name="quality">The quality it belongs to; null if there is nothing to verify.</param>
    /// <param name="headers">The headers that it may have signed, in the order in which they were asked for; behind them those that were
    /// replaced meanwhile.</param>
    public List<RoleEffect> SignatureArrived(
        PeerConnection harvester, RespondHeaderSignatureMessage message, out FarmerQuality? quality, out IReadOnlyList<Bytes32> headers)
    {
        quality = null;
        headers = [];
        if (Find(harvester, message.Quality) is not { Proof: not null } found)
            return Unasked(harvester, "a header signature", message.Quality);
        headers = [.. found.Headers.Values.Where(h => h.IsUnsigned).Select(h => h.Hash!.Value).Distinct()];
        quality = headers.Count > 0 ? found : null;
        headers = [.. headers, .. found.ReplacedHeaders];
        return [];
    }

    /// <summary>A header's signature was verified: it goes to the full node that made the header, and to no other; to nobody if that has
    /// made another since.</summary>
    public List<RoleEffect> HeaderSigned(FarmerQuality quality, Bytes32 header, Bytes96 signature)
    {
        var effects = new List<RoleEffect>();
        foreach (var (node, made) in quality.Headers)
        {
            if (!made.IsUnsigned || made.Hash != header || !_nodes.TryGetValue(node, out var connection))
                continue;
            made.IsSigned = true;
            _headersSigned++;
            effects.Add(new RoleEffect.Send(connection, new HeaderSignatureMessage(quality.Proof!.PosHash, header, signature)));
        }

        return effects;
    }
}
