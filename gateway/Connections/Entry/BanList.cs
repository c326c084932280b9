using System.Collections.Concurrent;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;

namespace Chia.Gateway.Connections.Entry;

/// <summary>
/// Who is refused when it connects, before any handshake: the bans that the directory told at the last renewal, and those since. Nobody
/// on loopback is: there a ban is for a port, which only the handshake tells.
/// </summary>
internal sealed class BanList(TimeProvider time)
{
    /// <summary>Length of a new ban here until the next renewal (every 20 s) tells the real one.</summary>
    private static readonly TimeSpan Provisional = TimeSpan.FromSeconds(60);

    /// <summary>Twice as many as the directory tells at one time.</summary>
    private const int Capacity = 2000;

    private ConcurrentDictionary<NetworkGroup, long> _until = new();

    /// <summary>Replaces the list by the directory's.</summary>
    public void Replace(IEnumerable<BannedSource> bans) =>
        _until = new ConcurrentDictionary<NetworkGroup, long>(
            bans.Select(ban => KeyValuePair.Create(new NetworkGroup(ban.Subscriber), After(ban.Left))));

    /// <summary>Adds a host whose connection has just been ended by a ban.</summary>
    public void Add(PeerHost host)
    {
        if (!host.IsLoopback && _until.Count < Capacity)
            _until[host.Subscriber] = After(Provisional);
    }

    public bool Contains(PeerHost host) =>
        !_until.IsEmpty && !host.IsLoopback && _until.TryGetValue(host.Subscriber, out var until) && time.GetTimestamp() < until;

    private long After(TimeSpan span) => time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency);
}
