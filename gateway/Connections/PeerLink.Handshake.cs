using System.Net;
using Chia.Gateway.Connections.Frames;
using Chia.Gateway.Diagnostics;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Handshake;
using Chia.Protocol.Outcomes;

namespace Chia.Gateway.Connections;

// The handshake: the pure machine decides, this carries out.
internal sealed partial class PeerLink
{
    private async Task<LinkEnd> RunHandshake()
    {
        using var timeout = new CancellationTokenSource(_services.Limits.HandshakeTimeout, _services.Time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_life.Token, timeout.Token);
        var policy = new HandshakePolicy(_services.Options.Network.AcceptAnyNetworkId);
        var machine = new HandshakeMachine(_services.Identity, policy);
        try
        {
            var effects = machine.Start();
            while (true)
            {
                if (await CarryOut(machine, effects, timeout).ConfigureAwait(false) is { } end)
                    return end;
                var frame = await HandshakeFrame.Read(_transport.Transport.Input, deadline.Token).ConfigureAwait(false);
                effects = frame.Payload is { } payload
                    ? machine.Receive(payload)
                    : machine.Abort(frame.Failure, frame.Failure.ToString());
            }
        }
        catch (OperationCanceledException) when (!_life.IsCancellationRequested)
        {
            return await CarryOut(machine, machine.Abort(HandshakeFailure.TimedOut, "no handshake in time"), timeout).ConfigureAwait(false)
                ?? Failed(machine, HandshakeFailure.TimedOut, "no handshake in time");
        }
    }

    /// <summary>Carries out the handshake's effects; the end of the handshake, or null if it goes on.</summary>
    private async Task<LinkEnd?> CarryOut(
        HandshakeMachine machine, IReadOnlyList<HandshakeEffect> effects, CancellationTokenSource timeout)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case HandshakeEffect.WriteFrame write:
                    Enqueue(write.Frame.ToArray());
                    break;
                case HandshakeEffect.Register register:
                    Connection = Facts(register.Peer);

                    // While it waits for the cluster the peer is not slow (CLUSTER 5).
                    timeout.CancelAfter(Timeout.InfiniteTimeSpan);
                    var outcome = await Register(Connection).ConfigureAwait(false);
                    timeout.CancelAfter(_services.Limits.HandshakeTimeout);
                    return await CarryOut(machine, machine.Registered(outcome), timeout).ConfigureAwait(false);
                case HandshakeEffect.Release:
                    await Release().ConfigureAwait(false);
                    break;
                case HandshakeEffect.Established established:
                    return new LinkEnd(true, null, DisconnectReason.PeerClosed);
                case HandshakeEffect.Fail fail:
                    return Failed(machine, fail.Reason, fail.Detail);
            }
        }

        return null;
    }

    /// <summary>The directory judges the peer, the gateway has to find a place for it.</summary>
    private async Task<RegistrationOutcome> Register(PeerConnection connection)
    {
        if (_place is not null)
            _place.HasSpoken = true;
        var registration = await _services.Patience
            .Try(() => _services.Directory.Register(connection), _life.Token, mayRepeat: true).ConfigureAwait(false);
        if (registration is null)
            return RegistrationOutcome.Crowded;
        if (registration.Outcome == RegistrationOutcome.Banned)
            _services.Links.Bans.Add(PeerHost.Parse(connection.RemoteHost));
        if (registration.Outcome != RegistrationOutcome.Accepted)
            return registration.Outcome;
        if (registration.Elsewhere is { } elsewhere)
            _services.Links.Places.Share(elsewhere);
        if (registration.Wait > TimeSpan.Zero)
            await Task.Delay(registration.Wait, _services.Time, _life.Token).ConfigureAwait(false);
        if (_place is null || _services.Links.Places.TryEstablish(_place, connection.PeerRole))
            return RegistrationOutcome.Accepted;
        await Release().ConfigureAwait(false);
        return RegistrationOutcome.Crowded;
    }

    /// <summary>Gives the node id back at once. A directory that is away is told again at the end of the link, and is no reason for
    /// it.</summary>
    private async Task Release()
    {
        try
        {
            await _services.Directory.Remove(ConnectionId).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            GatewayLog.ClusterFailed(_services.Log, "release", Describe(), error.Message);
        }
    }

    /// <summary>A peer that hangs up while another connection with it stands refused the duplicate (PROTOCOL.md 4.4).</summary>
    private LinkEnd Failed(HandshakeMachine machine, HandshakeFailure failure, string detail)
    {
        if (failure == HandshakeFailure.Disconnected && Connection is { } connection && IsElsewhere(connection))
            (failure, detail) = (HandshakeFailure.Duplicate, "it is connected already");
        return new LinkEnd(false, failure, DisconnectReason.PeerClosed, detail);
    }

    private bool IsElsewhere(PeerConnection peer) => _services.Links.HasPeer(peer, besides: this)
        || (peer.IsConfigured && _services.Links.HasGatewayOf(peer.PeerNodeId, besides: this));

    private PeerConnection Facts(HandshakeIdentity peer)
    {
        var remote = _transport.RemoteEndPoint as IPEndPoint;
        return new PeerConnection(
            ConnectionId,
            _services.Options.Node,
            _services.Options.Role,
            peer.Role,
            _services.Identity.NodeId,
            peer.NodeId,
            PeerHost.Of(remote?.Address ?? IPAddress.None).ToString(),
            remote?.Port ?? 0,
            peer.ServerPort,
            _origin.Dialled is not null,
            _origin.IsConfigured,
            _services.GatewayId,
            TimeSpan.Zero);
    }
}
