using System.Security.Cryptography;
using Chia.Cryptography.Bls12381;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Broadcast;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chia.Grains.Harvester;

/// <summary>
/// The harvester (ROLES.md 4): looks up qualities, delivers proofs, signs headers. All reading and signing happens on
/// <see cref="HarvesterThreads"/>. The farmer is trusted: what it asks to be signed with the key of a plot is signed.
/// </summary>
[Reentrant]
[KeepAlive]
public sealed class HarvesterGrain : Grain, IHarvesterGrain, IDisposable
{
    private readonly IPlotSource _source;
    private readonly HarvesterThreads _threads;
    private readonly TimeProvider _time;
    private readonly ILogger<HarvesterGrain> _log;
    private readonly PlotShelf _shelf;
    private readonly QualityMemory _memory;
    private readonly HashSet<string> _farmers = [];
    private long _challenges;
    private long _found;
    private long _proofs;
    private long _signed;

    /// <summary>Created by the engine.</summary>
    public HarvesterGrain(
        IPlotSource source,
        IPlotOpener opener,
        IOptions<HarvesterOptions> options,
        HarvesterThreads threads,
        TimeProvider time,
        ILogger<HarvesterGrain> log)
    {
        _source = source;
        _threads = threads;
        _time = time;
        _log = log;
        _shelf = new PlotShelf(opener, (plot, why) => HarvesterLog.PlotFailed(log, plot.Entry.Name, why));
        _memory = new QualityMemory(options.Value, time);
    }

    /// <inheritdoc/>
    public Task<HandlerResult> Connected(PeerConnection peer)
    {
        _farmers.Add(peer.ConnectionId);
        return Task.FromResult(HandlerResult.Nothing);
    }

    /// <inheritdoc/>
    public Task Disconnected(PeerConnection peer)
    {
        _farmers.Remove(peer.ConnectionId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<HarvesterStatus> GetStatus()
    {
        var plots = _shelf.Plots;
        string[] faults = [.. plots.Where(p => p.Fault is not null).Select(p => $"{p.Entry.Name}: {p.Fault}")];
        return Task.FromResult(new HarvesterStatus(_farmers.Count, plots.Count - faults.Length, faults, _challenges, _found, _proofs, _signed));
    }

    /// <inheritdoc/>
    public async Task<HandlerResult> Handle(PeerConnection peer, PeerMessage message) => message.Message switch
    {
        // This grain has moved to another machine since: the farmer starts over, with a handshake.
        _ when !_farmers.Contains(peer.ConnectionId) => HandlerResult.Send(OutboundMessage.CloseOrigin),
        HarvesterHandshakeMessage m => await Handshake(m),
        NewChallengeMessage m => NewChallenge(peer, m.ChallengeHash),
        RequestProofOfSpaceMessage m => await Proof(m),
        RequestHeaderSignatureMessage m => await Sign(
            m, m.Quality, m.HeaderHash, signature => new RespondHeaderSignatureMessage(m.Quality, signature)),
        RequestPartialProofMessage m => await Sign(
            m, m.Quality, m.FarmerTargetHash, signature => new RespondPartialProofMessage(m.Quality, signature)),
        _ => HandlerResult.Of(Blame.Breach($"sent {message.Message.Function} to a harvester")),
    };

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Closes the plots.</summary>
    public void Dispose() => _shelf.Dispose();

    /// <summary>Waits until the plots are open, so that a challenge right behind it finds them.</summary>
    private async Task<HandlerResult> Handshake(HarvesterHandshakeMessage message)
    {
        try
        {
            var foreign = await _threads.Run(() => _shelf.Refresh(_source.Read(), message.PoolPubkeys), isUrgent: true);
            var faulty = _shelf.Plots.Count(p => p.Fault is not null);
            HarvesterLog.Plots(_log, _shelf.Plots.Count - faulty, faulty, foreign.Count);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            HarvesterLog.ListFailed(_log, error.Message);
        }

        return HandlerResult.Nothing;
    }

    /// <summary>Starts the look-ups. Answers go out plot by plot, so that neither a slow disk nor many plots keep the farmer's other requests waiting.</summary>
    private HandlerResult NewChallenge(PeerConnection farmer, Bytes32 challenge)
    {
        _challenges++;
        _ = LookUp(farmer, challenge);
        return HandlerResult.Nothing;
    }

    private async Task LookUp(PeerConnection farmer, Bytes32 challenge)
    {
        try
        {
            var started = _time.GetTimestamp();
            var plots = _shelf.Plots;
            var counts = await Task.WhenAll(plots.Select(plot => LookUp(farmer, challenge, plot)));
            HarvesterLog.LookedUp(_log, challenge, counts.Sum(), plots.Count, (long)_time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception error)
        {
            HarvesterLog.LookupFailed(_log, error, challenge);
        }
    }

    private async Task<int> LookUp(PeerConnection farmer, Bytes32 challenge, OpenPlot plot)
    {
        var qualities = await _threads.Run(() => plot.GetQualities(challenge));
        var answers = new Directed[qualities.Count];
        for (var i = 0; i < qualities.Count; i++)
        {
            _memory.Remember(qualities[i], new FoundQuality(challenge, plot, i));
            answers[i] = new Directed(farmer, new ChallengeResponseMessage(challenge, qualities[i], plot.Size));
        }

        _found += qualities.Count;
        await Effects.SendDirected(GrainFactory, answers, origin: null, _log);
        return qualities.Count;
    }

    private async Task<HandlerResult> Proof(RequestProofOfSpaceMessage message)
    {
        if (Find(message, message.Quality) is not { } found)
            return HandlerResult.Nothing;
        var entry = found.Plot.Entry;
        if (await _threads.Run(() => found.Plot.GetProof(found.Challenge, found.Index), isUrgent: true) is not { } bytes)
        {
            HarvesterLog.NoProof(_log, entry.Name, message.Quality);
            return HandlerResult.Nothing;
        }

        _proofs++;
        var proof = new ProofOfSpace(found.Challenge, entry.PoolPublicKey, entry.PlotKey.PublicKey, found.Plot.Size, bytes);
        return Respond(new RespondProofOfSpaceMessage(message.Quality, proof));
    }

    /// <summary>A prepend signature over 32 bytes, checked before it leaves, since a faulty one would be put down to us.</summary>
    private async Task<HandlerResult> Sign(Message request, Bytes32 quality, Bytes32 value, Func<Bytes96, Message> answer)
    {
        if (Find(request, quality) is not { } found)
            return HandlerResult.Nothing;
        var key = found.Plot.Entry.PlotKey;
        var signature = await _threads.Run(
            () =>
            {
                var hash = new Bytes32(SHA256.HashData(value.Span));
                var made = key.SignPrependPrehashed(hash);
                return PrependSignature.Verify(key.PublicKey, hash, made)
                    ? made
                    : throw new CryptographicException($"a signature with the key of plot {found.Plot.Entry.Name} does not verify");
            },
            isUrgent: true);
        _signed++;
        return Respond(answer(signature));
    }

    /// <summary>Unknown qualities meet silence: farmers of the reference ask every harvester (ROLES.md 4).</summary>
    private FoundQuality? Find(Message request, Bytes32 quality)
    {
        var found = _memory.Find(quality);
        if (found is null)
            HarvesterLog.UnknownQuality(_log, quality, request.Function);
        return found;
    }

    private static HandlerResult Respond(Message message) =>
        HandlerResult.Send(OutboundMessage.Of(NodeType.Farmer, Delivery.Respond, message));
}
