using Chia.Gateway.Connections;
using Chia.Gateway.Diagnostics;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Handshake;

namespace Chia.Gateway.Dialling;

/// <summary>Keeps one configured peer connected: dials for ever, with back-off. The reference dials once (ROLES.md 12).</summary>
internal sealed class ConfiguredPeerLoop(
    LinkServices services, IDialler dialler, PeerAddress target, string claimedAs, CancellationToken stopping)
{
    private static readonly TimeSpan ConnectedCheck = TimeSpan.FromSeconds(1);

    /// <summary>A connection that lasted so long was no failure: whoever is let go sooner, again and again, is dialled less and less
    /// often.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);

    private readonly Backoff _backoff = new();
    private PeerConnection? _seen;
    private long? _waitingSince;
    private long? _duplicateSince;
    private bool _hungUp;
    private bool _complained;

    public Task Run() => new Upkeep(services, stopping).Run(Look, Backoff.Longest);

    private async Task<TimeSpan> Look()
    {
        // The peer may have dialled us, or the search found it: then there is nothing to do until that connection ends.
        using var claim = dialler.TryClaim(target);
        if (claim is null || (_seen is { } seen && services.Links.HasPeer(seen)) || TheirDialMayDo()
            || ItsOtherGatewayDoes())
            return ConnectedCheck;

        // Of several gateways of one node, one keeps the connection.
        if (!await services.Directory.ClaimDial(services.GatewayId, claimedAs).ConfigureAwait(false))
            return ConnectedCheck;
        var isDuplicate = await Visit().ConfigureAwait(false);
        (_waitingSince, _duplicateSince) = (null, isDuplicate ? services.Time.GetTimestamp() : null);
        return isDuplicate && (services.Links.HasPeer(_seen!) || ItsOtherGatewayDoes()) ? ConnectedCheck : _backoff.Next();
    }

    /// <summary>
    /// It hung up on our last dial, since its node is connected with us at another of its gateways: when that connection ends it is
    /// dialled at once. It is asked again from time to time, since anybody may say to be of that node.
    /// </summary>
    private bool ItsOtherGatewayDoes() =>
        _duplicateSince is { } since && services.Time.GetElapsedTime(since) < Lasting && services.Links.HasGatewayOf(_seen!.PeerNodeId);

    /// <summary>
    /// Somebody who says to be the peer has dialled us: it is waited for, as long as a handshake may take. Then we look ourselves, since
    /// anybody may say so; if it was the peer indeed, our dial is the duplicate.
    /// </summary>
    private bool TheirDialMayDo()
    {
        if (!services.Links.HasPeerAt(target))
            return false;
        _waitingSince ??= services.Time.GetTimestamp();
        return services.Time.GetElapsedTime(_waitingSince.Value) < services.Limits.HandshakeTimeout;
    }

    /// <summary>One connection from dial to end. True if the peer was connected already, which is no failure.</summary>
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
            var began = services.Time.GetTimestamp();
            var link = new PeerLink(services, new LinkOrigin(target, IsConfigured: true), connection, null, stopping);
            var end = await link.Run().ConfigureAwait(false);
            _seen = link.Connection ?? _seen;
            if (end.WasEstablished)
                _complained = false;
            else if (end.Failure is not null and not HandshakeFailure.Duplicate && !IsFirstHangUp(end))
                Complain(end.Describe());
            if (end.WasEstablished && services.Time.GetElapsedTime(began) >= Lasting)
                _backoff.Reset();
            return end.Failure == HandshakeFailure.Duplicate || end.Reason == DisconnectReason.Replaced;
        }
    }

    /// <summary>
    /// Two that dial each other, or one with several addresses dialled at once, keep one of the connections: the other ends before we know
    /// that we have the peer. The next dial tells.
    /// </summary>
    private bool IsFirstHangUp(LinkEnd end)
    {
        var wasHungUp = _hungUp;
        _hungUp = end.Failure == HandshakeFailure.Disconnected;
        return _hungUp && !wasHungUp;
    }

    private void Complain(string why)
    {
        if (!_complained)
            GatewayLog.ConfiguredPeerUnreachable(services.Log, target.ToString(), why);
        _complained = true;
    }
}
