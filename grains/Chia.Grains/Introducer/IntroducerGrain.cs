using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Placement;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Options;

namespace Chia.Grains.Introducer;

/// <summary>
/// The introducer (ROLES.md 7): tells full nodes of each other. Its directory keeps the addresses, across restarts; only those that were reached
/// from here are handed out, and never the asker's own (DECISIONS 14).
/// </summary>
[KeepAlive]
[NeedsRole(SiloRole.Introducer)]
[WithItsNode]
public sealed class IntroducerGrain : Grain, IIntroducerGrain
{
    private readonly Guid _activation = Guid.NewGuid();
    private readonly IntroducerOptions _options;

    /// <summary>Created by the engine.</summary>
    public IntroducerGrain(IOptions<IntroducerOptions> options) => _options = options.Value;

    /// <inheritdoc/>
    public Task<Guid> Beat() => Task.FromResult(_activation);

    /// <inheritdoc/>
    public Task<HandlerResult> Connected(PeerConnection peer) => Task.FromResult(HandlerResult.Nothing);

    /// <inheritdoc/>
    public async Task<HandlerResult> Handle(PeerConnection peer, PeerMessage message, CancellationToken cancellation)
    {
        if (message.Message is not RequestPeersMessage)
            return HandlerResult.Of(Blame.Breach($"sent {message.Message.Function} to an introducer"));
        if (peer.PeerRole != Role.FullNode)
            return HandlerResult.Nothing;
        var directory = GrainFactory.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(peer.Node, Role.Introducer));
        var known = await directory.GetKnown(_options.MaxPeersToSend, _options.RecentPeerThreshold, peer.ListensAt());
        return HandlerResult.Send(OutboundMessage.Of(
            Role.FullNode, Delivery.Respond, new PeersMessage([.. known.Select(peer => peer.ToPeerInfo())])));
    }

    /// <inheritdoc/>
    public Task Disconnected(PeerConnection peer) => Task.CompletedTask;
}
