using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Work;

/// <summary>
/// Whom farmer, harvester and timelord talk to: the peers that the configuration names, this machine, and who is let in beside them.
/// Anybody else could put challenges of its own in place of ours (ROLES.md 12).
/// </summary>
public sealed class PeerAccess
{
    /// <summary>Lets everybody in.</summary>
    public const string Anywhere = "any";

    private readonly bool _isOpen;
    private readonly HashSet<PeerHost> _hosts = [];

    private PeerAccess(bool isOpen) => _isOpen = isOpen;

    /// <summary>Configured peers and this machine.</summary>
    public static PeerAccess Configured { get; } = new(isOpen: false);

    /// <summary>From the setting <c>accept_from</c>: empty, <see cref="Anywhere"/>, or addresses separated by commas. False if it is none
    /// of these.</summary>
    public static bool TryParse(string text, out PeerAccess access)
    {
        access = new PeerAccess(text == Anywhere);
        if (access._isOpen)
            return true;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!PeerHost.TryParse(part, out var host))
                return false;
            access._hosts.Add(host);
        }

        return true;
    }

    /// <summary>True if a peer may take part.</summary>
    internal bool Admits(PeerConnection peer) =>
        _isOpen || peer.IsConfigured || (PeerHost.TryParse(peer.RemoteHost, out var host) && (host.IsLoopback || _hosts.Contains(host)));
}

internal static partial class AccessLog
{
    [LoggerMessage(
        1021, LogLevel.Warning,
        "{Peer} is not let in: it is not configured. To let it in, add its address to the setting accept_from of the {Role}")]
    public static partial void Refused(ILogger logger, string peer, Role role);
}
