using Chia.Gateway.Connections;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Handshake;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Dialling;

/// <summary>Keeps one configured peer connected: dials for ever, with back-off. The reference dials once (ROLES.md 12).</summary>
internal sealed class ConfiguredPeerLoop(LinkServices services, Dialler dialler, PeerEndpoint target, CancellationToken stopping)
{
    private static readonly TimeSpan ConnectedCheck = TimeSpan.FromSeconds(1);

    private readonly Backoff _backoff = new();
    private Bytes32? _nodeId;
    private bool _complained;

    public async Task Run()
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                // The peer may have dialled us: then there is nothing to do until that connection ends.
                while (_nodeId is { } id && services.Links.HasPeer(id))
                    await Task.Delay(ConnectedCheck, services.Time, stopping).ConfigureAwait(false);
                if (await TryVisit().ConfigureAwait(false))
                    _backoff.Reset();
                await Task.Delay(_backoff.Next(), services.Time, stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
    }

    /// <summary>A fault of ours must not end what goes on for ever.</summary>
    private async Task<bool> TryVisit()
    {
        try
        {
            return await Visit().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            GatewayLog.UpkeepFailed(services.Log, error.Message);
            return false;
        }
    }

    /// <summary>One connection from dial to end. True if it had been established.</summary>
    private async Task<bool> Visit()
    {
        var connection = await dialler.Dial(target, stopping).ConfigureAwait(false);
        if (connection is null)
        {
            Complain("no connection");
            return false;
        }

        await using (connection.ConfigureAwait(false))
        {
            var link = new PeerLink(services, new LinkOrigin(target, IsConfigured: true), connection, stopping);
            var end = await link.Run().ConfigureAwait(false);
            _nodeId = end.PeerNodeId ?? _nodeId;
            if (end.WasEstablished)
                _complained = false;
            else if (end.Failure is not null and not HandshakeFailure.Duplicate)
                Complain(end.Describe());
            return end.WasEstablished;
        }
    }

    private void Complain(string why)
    {
        if (!_complained)
            GatewayLog.ConfiguredPeerUnreachable(services.Log, target.ToString(), why);
        _complained = true;
    }
}
