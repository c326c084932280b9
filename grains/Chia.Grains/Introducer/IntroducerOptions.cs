namespace Chia.Grains.Introducer;

/// <summary>The reference's configuration of an introducer (ROLES.md 2.1).</summary>
public sealed record IntroducerOptions
{
    /// <summary>max_peers_to_send.</summary>
    public int MaxPeersToSend { get; set; } = 20;

    /// <summary>recent_peer_threshold: addresses not heard of for longer are not handed out.</summary>
    public TimeSpan RecentPeerThreshold { get; set; } = TimeSpan.FromSeconds(6000);
}
