using Chia.Protocol.Addresses;
using Microsoft.AspNetCore.Connections;

namespace Chia.Gateway.Configuration;

/// <summary>A cut through the network that a simulation makes: whom a role cannot reach at the moment.</summary>
public interface IPartition
{
    /// <summary>True: the address lies beyond the cut, and dialling it fails as if nobody were there.</summary>
    bool Separates(PeerAddress target);

    /// <summary>A connection was dialled; it is to be aborted when a cut comes between.</summary>
    void Connected(PeerAddress target, ConnectionContext connection);
}
