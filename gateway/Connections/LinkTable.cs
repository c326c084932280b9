using System.Collections.Concurrent;
using System.Net;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Connections;

/// <summary>The connections of one gateway, whether established or shaking hands, and the caps on them.</summary>
internal sealed class LinkTable
{
    private readonly ConcurrentDictionary<string, PeerLink> _links = new();
    private readonly Lock _countLock = new();
    private readonly Dictionary<IPAddress, int> _inboundByAddress = [];
    private readonly GatewayLimits _limits;
    private int _inbound;

    public LinkTable(GatewayLimits limits) => _limits = limits;

    public ICollection<PeerLink> All => _links.Values;

    public void Add(PeerLink link) => _links[link.ConnectionId] = link;

    public void Remove(PeerLink link) => _links.TryRemove(link.ConnectionId, out _);

    /// <summary>Established links to peers of a role.</summary>
    public IEnumerable<PeerLink> Established(NodeType role)
    {
        foreach (var link in _links.Values)
        {
            if (link.Connection?.PeerRole == role && link.IsEstablished)
                yield return link;
        }
    }

    public bool HasPeer(Bytes32 nodeId) => _links.Values.Any(link => link.IsEstablished && link.Connection!.PeerNodeId == nodeId);

    /// <summary>Takes a place for an accepted connection; false if the caps forbid it.</summary>
    public bool TryEnter(IPAddress address)
    {
        address = Plain(address);
        lock (_countLock)
        {
            var own = _inboundByAddress.GetValueOrDefault(address);
            if (_inbound >= _limits.MaxInbound || (own >= _limits.MaxInboundPerAddress && !IPAddress.IsLoopback(address)))
                return false;
            _inbound++;
            _inboundByAddress[address] = own + 1;
            return true;
        }
    }

    public void Leave(IPAddress address)
    {
        address = Plain(address);
        lock (_countLock)
        {
            _inbound--;
            if (--_inboundByAddress[address] == 0)
                _inboundByAddress.Remove(address);
        }
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
