using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Introducer;

/// <summary>
/// The introducer (ROLES.md 7): tells full nodes of each other. Its directory keeps the addresses, across restarts; only those that were
/// reached from here are handed out, and never the asker's own (DECISIONS 14).
/// </summary>
internal sealed class IntroducerRole(IPeerDirectoryGrain directory, IntroducerOptions options) : IRoleLogic
{
    /// <inheritdoc/>
    public Task<List<RoleEffect>> Connected(PeerConnection peer) => Task.FromResult<List<RoleEffect>>([]);

    /// <inheritdoc/>
    public async Task<List<RoleEffect>> Handle(PeerConnection peer, Message message, CancellationToken cancellation = default)
    {
        if (message is not RequestPeersMessage)
            return [new RoleEffect.Penalise(peer, Blame.Breach($"sent {message.Function} to an introducer"))];
        if (peer.PeerRole != Role.FullNode)
            return [];
        var known = await directory.GetKnown(options.MaxPeersToSend, options.RecentPeerThreshold, peer.ListensAt());
        return [new RoleEffect.Send(peer, new PeersMessage([.. known.Select(address => address.ToPeerInfo())]))];
    }

    /// <inheritdoc/>
    public Task<List<RoleEffect>> Disconnected(PeerConnection peer) => Task.FromResult<List<RoleEffect>>([]);

    /// <inheritdoc/>
    public Task<List<RoleEffect>> Tick() => Task.FromResult<List<RoleEffect>>([]);
}

/// <summary>The reference's configuration of an introducer (ROLES.md 2.1).</summary>
public sealed record IntroducerOptions
{
    /// <summary>max_peers_to_send.</summary>
    public int MaxPeersToSend { get; set; } = 20;

    /// <summary>recent_peer_threshold: addresses not heard of for longer are not handed out.</summary>
    public TimeSpan RecentPeerThreshold { get; set; } = TimeSpan.FromSeconds(6000);
}
