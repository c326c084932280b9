using System.Security.Cryptography;
using Chia.Cryptography.Bls12381;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Diagnostics;
using Chia.Grains.Effects;
using Chia.Grains.Work;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Harvester;

/// <summary>
/// The harvester (ROLES.md 4): looks up qualities, delivers proofs, signs headers. All reading and signing happens on
/// <see cref="HarvesterThreads"/>, and no drive is waited for longer than its answer is of use. The farmer is trusted: what it asks to be
/// signed with the key of a plot is signed.
/// </summary>
internal sealed class HarvesterRole : IRoleLogic, IDisposable
{
    private readonly IPlotSource _source;
    private readonly HarvesterThreads _threads;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly PlotManager _manager;
    private readonly PlotReader _reader;
    private readonly QualityMemory _memory;
    private readonly HashSet<ConnectionId> _farmers = [];
    private readonly PeerAccess _access;
    private long _challenges;
    private long _found;
    private long _proofs;
    private long _signed;

    /// <param name="source">The list of plots.</param>
    /// <param name="opener">Opens their files.</param>
    /// <param name="options">Bounds, and whom it lets in.</param>
    /// <param name="threads">Where plots are read and headers signed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    public HarvesterRole(
        IPlotSource source, IPlotOpener opener, HarvesterOptions options, HarvesterThreads threads, TimeProvider time, ILogger log)
    {
        _source = source;
        _access = options.AcceptFrom;
        _threads = threads;
        _time = time;
        _log = log;
        _manager = new PlotManager(opener, (plot, why) => HarvesterLog.PlotFailed(log, plot.Entry.Name, why));
        _reader = new PlotReader(
            threads, time, (plot, silence) => HarvesterLog.NoAnswer(log, plot.Entry.Name, PlotReader.Describe(plot, silence)));
        _memory = new QualityMemory(options, time);
    }

    /// <inheritdoc/>
    public Task<List<RoleEffect>> Connected(PeerConnection peer)
    {
        if (!_access.Admits(peer))
        {
            AccessLog.Refused(_log, peer.Describe(), peer.LocalRole);
            return Task.FromResult<List<RoleEffect>>([new RoleEffect.Close(peer)]);
        }

        // Its pools, without which no plot is open, come with a handshake, and that with a connection.
        if (peer.IsToldAgain && !_farmers.Contains(peer.ConnectionId))
            return Task.FromResult<List<RoleEffect>>([new RoleEffect.Close(peer)]);
        _farmers.Add(peer.ConnectionId);
        return Task.FromResult<List<RoleEffect>>([]);
    }

    /// <inheritdoc/>
    public Task<List<RoleEffect>> Disconnected(PeerConnection peer)
    {
        _farmers.Remove(peer.ConnectionId);
        return Task.FromResult<List<RoleEffect>>([]);
    }

    public HarvesterStatus Status()
    {
        var plots = _manager.Plots;
        string[] faults =
        [
            .. plots.Select(p => (p.Entry.Name, Fault: _reader.Fault(p))).Where(p => p.Fault is not null)
                .Select(p => $"{p.Name}: {p.Fault}"),
        ];
        string[] duplicates = [.. _manager.Duplicates.Select(d => d.Path)];
        return new HarvesterStatus(_farmers.Count, plots.Count - faults.Length, faults, duplicates, _challenges, _found, _proofs, _signed);
    }

    public PlotView[] Plots()
    {
        var plots = _manager.Plots.Select(
            plot => Describe(plot.Entry, plot.Size == 0 ? null : plot.Size, _reader.Fault(plot), isDuplicate: false));
        var duplicates = _manager.Duplicates.Select(entry => Describe(entry, null, null, isDuplicate: true));
        return [.. plots.Concat(duplicates).OrderBy(plot => plot.Path, StringComparer.Ordinal)];
    }

    private static PlotView Describe(PlotEntry entry, int? k, string? fault, bool isDuplicate) =>
        new(entry.Name, entry.Path, entry.PlotId().ToString(), k, fault, isDuplicate);

    /// <inheritdoc/>
    public async Task<List<RoleEffect>> Handle(PeerConnection peer, Message message, CancellationToken cancellation = default) =>
        message switch
        {
            // If the grain has moved to another machine since, the farmer starts over, with a handshake.
            _ when !_farmers.Contains(peer.ConnectionId) => [new RoleEffect.Close(peer)],
            HarvesterHandshakeMessage m => await Handshake(m),
            NewChallengeMessage m => NewChallenge(peer, m.ChallengeHash),
            RequestProofOfSpaceMessage m => await Proof(peer, m, cancellation),
            RequestHeaderSignatureMessage m => await Sign(
                peer, m, m.Quality, m.HeaderHash, signature => new RespondHeaderSignatureMessage(m.Quality, signature), cancellation),
            RequestPartialProofMessage m => await Sign(
                peer, m, m.Quality, m.FarmerTargetHash, signature => new RespondPartialProofMessage(m.Quality, signature), cancellation),
            _ => [new RoleEffect.Penalise(peer, Blame.Breach($"sent {message.Function} to a harvester"))],
        };

    /// <summary>Sees what has been added to the list, and what has come to or gone from the drives.</summary>
    public async Task<List<RoleEffect>> Tick()
    {
        if (_manager.HasPools && await Refresh([]) is { } changes && changes.Added.Count + changes.Removed.Count > 0)
            HarvesterLog.Changed(_log, changes.Added.Count, changes.Removed.Count, _manager.Plots.Count);
        return [];
    }

    /// <summary>Closes the plots, and waits for none of them.</summary>
    public void Dispose() => _manager.Dispose();

    /// <summary>Waits until the plots are open, so that a challenge right behind it finds them; not for drives that do not
    /// answer.</summary>
    private async Task<List<RoleEffect>> Handshake(HarvesterHandshakeMessage message)
    {
        if (await Refresh(message.PoolPubkeys) is { } changes)
        {
            var plots = _manager.Plots;
            var faulty = plots.Count(p => _reader.Fault(p) is not null);
            HarvesterLog.Plots(_log, plots.Count - faulty, faulty, _manager.Duplicates.Count, changes.Foreign.Count);
        }

        return [];
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
            await Task.WhenAll(_manager.Plots.Select(_reader.EnsureOpen));
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

    /// <summary>
    /// Starts the look-ups. Answers go out as the plots give them, so that neither a slow disk nor many plots keep the farmer's other
    /// requests waiting.
    /// </summary>
    private List<RoleEffect> NewChallenge(PeerConnection farmer, Bytes32 challenge)
    {
        _challenges++;
        var plots = _manager.Plots;
        var lookUp = new LookUp(challenge, plots.Count, _time.GetTimestamp());
        return [.. plots.Select(plot => new RoleEffect.Start(() => LookUpIn(plot, lookUp, farmer)))];
    }

    private async Task<IReadOnlyList<RoleEffect>> LookUpIn(OpenPlot plot, LookUp lookUp, PeerConnection farmer)
    {
        var answers = new List<RoleEffect>();
        try
        {
            var qualities = await _reader.GetQualities(plot, lookUp.Challenge);
            for (var i = 0; i < qualities.Count; i++)
            {
                _memory.Remember(qualities[i], new FoundQuality(lookUp.Challenge, plot, i));
                answers.Add(new RoleEffect.Send(farmer, new ChallengeResponseMessage(lookUp.Challenge, qualities[i], plot.Size)));
            }

            _found += qualities.Count;
        }
        catch (Exception error)
        {
            HarvesterLog.LookupFailed(_log, error, lookUp.Challenge);
        }

        if (lookUp.CountAnswer(answers.Count))
        {
            var elapsed = _time.GetElapsedTime(lookUp.Started);
            ChiaMeter.LookedUp(elapsed);
            HarvesterLog.LookedUp(_log, lookUp.Challenge, lookUp.Found, lookUp.Plots, (long)elapsed.TotalMilliseconds);
        }

        return answers;
    }

    private async Task<List<RoleEffect>> Proof(PeerConnection farmer, RequestProofOfSpaceMessage message, CancellationToken cancellation)
    {
        if (Find(message, message.Quality) is not { } found)
            return [];
        var entry = found.Plot.Entry;
        if (await _reader.GetProof(found.Plot, found.Challenge, found.Index).WaitAsync(cancellation) is not { } bytes)
        {
            HarvesterLog.NoProof(_log, entry.Name, message.Quality);
            return [];
        }

        _proofs++;
        var proof = new ProofOfSpace(found.Challenge, entry.PoolPublicKey, entry.PlotKey.PublicKey, found.Plot.Size, bytes);
        return [new RoleEffect.Send(farmer, new RespondProofOfSpaceMessage(message.Quality, proof))];
    }

    /// <summary>A prepend signature over 32 bytes, checked before it leaves, since a faulty one would be put down to us.</summary>
    private async Task<List<RoleEffect>> Sign(
        PeerConnection farmer, Message request, Bytes32 quality, Bytes32 value, Func<Bytes96, Message> answer,
        CancellationToken cancellation)
    {
        if (Find(request, quality) is not { } found)
            return [];
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
        return [new RoleEffect.Send(farmer, answer(signature))];
    }

    /// <summary>Unknown qualities meet silence: farmers of the reference ask every harvester (ROLES.md 4).</summary>
    private FoundQuality? Find(Message request, Bytes32 quality)
    {
        var found = _memory.Find(quality);
        if (found is null)
            HarvesterLog.UnknownQuality(_log, quality, request.Function);
        return found;
    }

    /// <summary>The look-up of one challenge in all plots.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="plots">How many plots are asked.</param>
    /// <param name="started">When it began, on the monotonic clock.</param>
    private sealed class LookUp(Bytes32 challenge, int plots, long started)
    {
        private int _answered;

        public Bytes32 Challenge => challenge;

        public int Plots => plots;

        public long Started => started;

        /// <summary>Qualities found so far.</summary>
        public int Found { get; private set; }

        /// <summary>Counts a plot's answer in; true if it was the last.</summary>
        /// <param name="found">Qualities in it.</param>
        public bool CountAnswer(int found)
        {
            Found += found;
            return ++_answered == plots;
        }
    }
}
