using System.Security.Cryptography;
using Chia.Cryptography.Bls12381;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Broadcast;
using Chia.Grains.Placement;
using Chia.Grains.Work;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace Chia.Grains.Harvester;

/// <summary>
/// The harvester (ROLES.md 4): looks up qualities, delivers proofs, signs headers. All reading and signing happens on
/// <see cref="HarvesterThreads"/>, and no drive is waited for longer than its answer is of use. The farmer is trusted: what it asks to be signed with the key of a plot is signed.
/// </summary>
[Reentrant] // A drive that sleeps keeps one plot waiting, not the farmer's other requests.
[KeepAlive]
[NeedsRole(SiloRole.Harvester)]
[WithItsNode]
[Immovable]
public sealed class HarvesterGrain : Grain, IHarvesterGrain, IDisposable
{
    private readonly IPlotSource _source;
    private readonly HarvesterThreads _threads;
    private readonly TimeProvider _time;
    private readonly ILogger<HarvesterGrain> _log;
    private readonly TimeSpan _rescanInterval;
    private readonly PlotManager _manager;
    private readonly PlotReader _reader;
    private readonly QualityMemory _memory;
    private readonly HashSet<ConnectionId> _farmers = [];
    private readonly PeerAccess _access;
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
        _access = options.Value.AcceptFrom;
        _threads = threads;
        _time = time;
        _log = log;
        _rescanInterval = options.Value.RescanInterval;
        _manager = new PlotManager(opener, (plot, why) => HarvesterLog.PlotFailed(log, plot.Entry.Name, why));
        _reader = new PlotReader(threads, time, (plot, silence) => HarvesterLog.NoAnswer(log, plot.Entry.Name, PlotReader.Describe(plot, silence)));
        _memory = new QualityMemory(options.Value, time);
    }

    /// <inheritdoc/>
    public Task<HandlerResult> Connected(PeerConnection peer)
    {
        if (!_access.Admits(peer))
        {
            AccessLog.Refused(_log, peer.Describe(), peer.LocalRole);
            return Task.FromResult(HandlerResult.Send(OutboundMessage.CloseOrigin));
        }

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
        var plots = _manager.Plots;
        string[] faults = [.. plots.Select(p => (p.Entry.Name, Fault: _reader.Fault(p))).Where(p => p.Fault is not null).Select(p => $"{p.Name}: {p.Fault}")];
        string[] duplicates = [.. _manager.Duplicates.Select(d => d.Path)];
        return Task.FromResult(
            new HarvesterStatus(_farmers.Count, plots.Count - faults.Length, faults, duplicates, _challenges, _found, _proofs, _signed));
    }

    /// <inheritdoc/>
    public Task<PlotView[]> GetPlots()
    {
        var plots = _manager.Plots.Select(plot => Describe(plot.Entry, plot.Size == 0 ? null : plot.Size, _reader.Fault(plot), isDuplicate: false));
        var duplicates = _manager.Duplicates.Select(entry => Describe(entry, null, null, isDuplicate: true));
        return Task.FromResult<PlotView[]>([.. plots.Concat(duplicates).OrderBy(plot => plot.Path, StringComparer.Ordinal)]);
    }

    private static PlotView Describe(PlotEntry entry, int? k, string? fault, bool isDuplicate) =>
        new(entry.Name, entry.Path, entry.PlotId().ToString(), k, fault, isDuplicate);

    /// <inheritdoc/>
    public async Task<HandlerResult> Handle(PeerConnection peer, PeerMessage message, CancellationToken cancellation) => message.Message switch
    {
        // This grain has moved to another machine since: the farmer starts over, with a handshake.
        _ when !_farmers.Contains(peer.ConnectionId) => HandlerResult.Send(OutboundMessage.CloseOrigin),
        HarvesterHandshakeMessage m => await Handshake(m),
        NewChallengeMessage m => NewChallenge(peer, m.ChallengeHash),
        RequestProofOfSpaceMessage m => await Proof(m, cancellation),
        RequestHeaderSignatureMessage m => await Sign(
            m, m.Quality, m.HeaderHash, signature => new RespondHeaderSignatureMessage(m.Quality, signature), cancellation),
        RequestPartialProofMessage m => await Sign(
            m, m.Quality, m.FarmerTargetHash, signature => new RespondPartialProofMessage(m.Quality, signature), cancellation),
        _ => HandlerResult.Of(Blame.Breach($"sent {message.Message.Function} to a harvester")),
    };

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(Rescan, new GrainTimerCreationOptions(_rescanInterval, _rescanInterval) { Interleave = true });
        return Task.CompletedTask;
    }

    /// <summary>Closes the plots, and waits for none of them.</summary>
    public void Dispose() => _manager.Dispose();

    /// <summary>Waits until the plots are open, so that a challenge right behind it finds them; not for drives that do not answer.</summary>
    private async Task<HandlerResult> Handshake(HarvesterHandshakeMessage message)
    {
        if (await Refresh(message.PoolPubkeys) is { } changes)
        {
            var plots = _manager.Plots;
            var faulty = plots.Count(p => _reader.Fault(p) is not null);
            HarvesterLog.Plots(_log, plots.Count - faulty, faulty, _manager.Duplicates.Count, changes.Foreign.Count);
        }

        return HandlerResult.Nothing;
    }

    /// <summary>Sees what has been added to the list, and what has come to or gone from the drives.</summary>
    private async Task Rescan(CancellationToken cancellation)
    {
        if (_manager.HasPools && await Refresh([]) is { } changes && changes.Added.Count + changes.Removed.Count > 0)
            HarvesterLog.Changed(_log, changes.Added.Count, changes.Removed.Count, _manager.Plots.Count);
    }

    /// <summary>Takes in the list, and looks at every file. Null, and a complaint, if the list cannot be read.</summary>
    private async Task<PlotChanges?> Refresh(IEnumerable<Bytes48> pools)
    {
        try
        {
            var entries = await _threads.Run(_source.Read, isUrgent: true).WaitAsync(PlotReader.OpenDeadline, _time);
            var changes = _manager.Refresh(entries, pools);
            foreach (var duplicate in changes.Duplicates)
                HarvesterLog.Duplicate(_log, duplicate.Path);
            await Task.WhenAll(_manager.Plots.Select(_reader.Look));
            return changes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or TimeoutException)
        {
            HarvesterLog.ListFailed(_log, error.Message);
            return null;
        }
        catch (OperationCanceledException)
        {
            // The threads end: so does the process.
            return null;
        }
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
            var plots = _manager.Plots;
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
        var qualities = await _reader.GetQualities(plot, challenge);
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

    private async Task<HandlerResult> Proof(RequestProofOfSpaceMessage message, CancellationToken cancellation)
    {
        if (Find(message, message.Quality) is not { } found)
            return HandlerResult.Nothing;
        var entry = found.Plot.Entry;
        if (await _reader.GetProof(found.Plot, found.Challenge, found.Index).WaitAsync(cancellation) is not { } bytes)
        {
            HarvesterLog.NoProof(_log, entry.Name, message.Quality);
            return HandlerResult.Nothing;
        }

        _proofs++;
        var proof = new ProofOfSpace(found.Challenge, entry.PoolPublicKey, entry.PlotKey.PublicKey, found.Plot.Size, bytes);
        return Respond(new RespondProofOfSpaceMessage(message.Quality, proof));
    }

    /// <summary>A prepend signature over 32 bytes, checked before it leaves, since a faulty one would be put down to us.</summary>
    private async Task<HandlerResult> Sign(Message request, Bytes32 quality, Bytes32 value, Func<Bytes96, Message> answer, CancellationToken cancellation)
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
            isUrgent: true,
            cancellation);
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
        HandlerResult.Send(OutboundMessage.Of(Role.Farmer, Delivery.Respond, message));
}
