using System.Net;
using Chia.Gateway.Connections;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Handshake;
using Microsoft.AspNetCore.Connections;

namespace Chia.Gateway.Dialling;

/// <summary>
/// Finds more peers for a full node: asks the introducer while some are missing, and dials the addresses that it told (PROTOCOL.md
/// 7.3).
/// </summary>
internal sealed class PeerSearchLoop(LinkServices services, IDialler dialler, CancellationToken stopping)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>After a failed visit the introducer is tried again sooner than its interval (PROTOCOL.md 7.3).</summary>
    private static readonly TimeSpan RetryIntroducer = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a visit to the introducer may take: a handshake, and an answer from memory. One that is silent refuses our next visit as
    /// long as this one stands, so that it must end.
    /// </summary>
    internal static readonly TimeSpan VisitTime = TimeSpan.FromSeconds(30);

    /// <summary>Until one is asked again that told of nobody new (DECISIONS 22): of nodes that start together the first ask before it has
    /// tried out any.</summary>
    private readonly Backoff _untilAskedAgain = new(services.Options.IntroducerInterval);

    private readonly Upkeep _upkeep = new(services, stopping);
    private int _dialling;

    /// <summary>When the introducer was last visited, a timestamp, and how long to wait from then on.</summary>
    private (long Since, TimeSpan Pause) _introduced = (services.Time.GetTimestamp(), TimeSpan.Zero);

    public Task Run() => _upkeep.Run(Look, Interval);

    private async Task<TimeSpan> Look()
    {
        await DialCandidates().ConfigureAwait(false);
        if (services.Options.Introducer is { } introducer
            && services.Time.GetElapsedTime(_introduced.Since) >= _introduced.Pause
            && await services.Directory.GetMissingPeers().ConfigureAwait(false) > 0)
        {
            _introduced = (services.Time.GetTimestamp(), services.Options.IntroducerInterval);
            _upkeep.Begin(() => AskIntroducer(introducer));
        }

        return Jitter.Around(Interval);
    }

    /// <returns>False if there is nobody to dial.</returns>
    private async Task<bool> DialCandidates()
    {
        // Not while some are being dialled: they may be all that is missing.
        if (Volatile.Read(ref _dialling) != 0)
            return true;
        var candidates = await services.Directory.GetDialCandidates().ConfigureAwait(false);
        foreach (var candidate in candidates)
            _upkeep.Begin(() => candidate.Host.IsName ? Resolve(candidate) : Visit(candidate));
        return candidates.Length > 0;
    }

    private async Task Visit(PeerAddress target)
    {
        using var claim = dialler.TryClaim(target);
        if (claim is null)
            return;
        var connection = await Dial(target).ConfigureAwait(false);
        if (connection is null)
        {
            await services.Directory.DialFailed(target).ConfigureAwait(false);
            return;
        }

        await using (connection.ConfigureAwait(false))
        {
            var end = await new PeerLink(services, new LinkOrigin(target), connection, null, stopping).Run().ConfigureAwait(false);
            if (end.Failure == HandshakeFailure.ConnectedToSelf)
                await services.Directory.IsOurselves(target).ConfigureAwait(false);
            else if (end.Failure == HandshakeFailure.Duplicate || end.Reason == DisconnectReason.Replaced)
                await services.Directory.Reached(target).ConfigureAwait(false);
        }
    }

    /// <summary>Resolves a name that the introducer told: it is judged, counted and dialled by its addresses (DECISIONS 21).</summary>
    private async Task Resolve(PeerAddress named)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        deadline.CancelAfter(services.Limits.DialTimeout);
        PeerAddress[] addresses = [];
        try
        {
            var found = await Dns.GetHostAddressesAsync(named.Host.ToString(), deadline.Token).ConfigureAwait(false);
            addresses = [.. found.Select(address => PeerAddress.Of(PeerHost.Of(address), named.Port))];
        }
        catch (Exception error) when (error is System.Net.Sockets.SocketException or OperationCanceledException)
        {
            stopping.ThrowIfCancellationRequested();
        }

        await services.Directory.Resolved(named, addresses).ConfigureAwait(false);
    }

    private async Task<ConnectionContext?> Dial(PeerAddress target)
    {
        Interlocked.Increment(ref _dialling);
        try
        {
            return await dialler.Dial(target, stopping).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _dialling);
        }
    }

    private async Task AskIntroducer(PeerAddress introducer)
    {
        var connection = await dialler.Dial(introducer, stopping).ConfigureAwait(false);
        if (connection is null)
        {
            _introduced = (services.Time.GetTimestamp(), RetryIntroducer);
            return;
        }

        await using (connection.ConfigureAwait(false))
        {
            var origin = new LinkOrigin(introducer, IsConfigured: true, AsksForPeers: true);
            var link = new PeerLink(services, origin, connection, null, stopping);
            var limit = services.Time.CreateTimer(
                _ => link.Close(DisconnectReason.DoesNotAnswer), null, VisitTime, Timeout.InfiniteTimeSpan);
            await using (limit.ConfigureAwait(false))
                await link.Run().ConfigureAwait(false);
        }

        if (await DialCandidates().ConfigureAwait(false))
            _untilAskedAgain.Reset();
        else
            _introduced = (services.Time.GetTimestamp(), _untilAskedAgain.Next());
    }
}
