using Chia.Gateway.Connections;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Handshake;
using Microsoft.AspNetCore.Connections;

namespace Chia.Gateway.Dialling;

/// <summary>A full node's way to more peers: the introducer while some are missing, and the addresses it told (PROTOCOL.md 7.3).</summary>
internal sealed class PeerSearchLoop(LinkServices services, Dialler dialler, CancellationToken stopping)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>After a failed visit the introducer is tried again sooner than its interval (PROTOCOL.md 7.3).</summary>
    private static readonly TimeSpan RetryIntroducer = TimeSpan.FromSeconds(5);

    private readonly List<Task> _visits = [];
    private int _dialling;
    private DateTimeOffset _nextIntroduction;

    public async Task Run()
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await Look().ConfigureAwait(false);
                await Task.Delay(Interval, services.Time, stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }

        await Task.WhenAll(_visits).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Look()
    {
        try
        {
            _visits.RemoveAll(visit => visit.IsCompleted);

            // Not while some are being dialled: they may be all that is missing.
            if (Volatile.Read(ref _dialling) == 0)
            {
                foreach (var candidate in await services.Directory.GetDialCandidates().ConfigureAwait(false))
                    _visits.Add(Guarded(() => Visit(candidate)));
            }

            if (services.Options.Introducer is { } introducer
                && services.Time.GetUtcNow() >= _nextIntroduction
                && await services.Directory.GetMissingPeers().ConfigureAwait(false) > 0)
            {
                _nextIntroduction = services.Time.GetUtcNow() + services.Options.IntroducerInterval;
                _visits.Add(Guarded(() => AskIntroducer(introducer)));
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            GatewayLog.UpkeepFailed(services.Log, error.Message);
        }
    }

    private async Task Guarded(Func<Task> visit)
    {
        try
        {
            await visit().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            GatewayLog.UpkeepFailed(services.Log, error.Message);
        }
    }

    private async Task Visit(PeerEndpoint target)
    {
        var connection = await Dial(target).ConfigureAwait(false);
        if (connection is null)
        {
            await services.Directory.DialFailed(target).ConfigureAwait(false);
            return;
        }

        await using (connection.ConfigureAwait(false))
        {
            var end = await new PeerLink(services, new LinkOrigin(target), connection, stopping).Run().ConfigureAwait(false);
            if (end.Failure == HandshakeFailure.ConnectedToSelf)
                await services.Directory.IsOurselves(target).ConfigureAwait(false);
        }
    }

    private async Task<ConnectionContext?> Dial(PeerEndpoint target)
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

    private async Task AskIntroducer(PeerEndpoint introducer)
    {
        var connection = await dialler.Dial(introducer, stopping).ConfigureAwait(false);
        if (connection is null)
        {
            _nextIntroduction = services.Time.GetUtcNow() + RetryIntroducer;
            return;
        }

        await using (connection.ConfigureAwait(false))
        {
            var origin = new LinkOrigin(introducer, IsConfigured: true, AsksForPeers: true);
            await new PeerLink(services, origin, connection, stopping).Run().ConfigureAwait(false);
        }
    }
}
