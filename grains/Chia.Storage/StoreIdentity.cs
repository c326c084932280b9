using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Storage;

/// <summary>Whose chain a store holds; fixed when the store is created.</summary>
/// <param name="NetworkId">network_id of the handshake.</param>
/// <param name="GenesisHash">Header hash of the first block.</param>
public sealed record StoreIdentity(string NetworkId, Bytes32 GenesisHash)
{
    /// <summary>The identity of a network.</summary>
    /// <exception cref="InvalidDataException">Its genesis bytes are not a block.</exception>
    public static StoreIdentity Of(NetworkDefinition network) => new(network.NetworkId, network.Genesis().HeaderHash());

    /// <summary>Name and the first bytes of the genesis hash.</summary>
    public override string ToString() => $"network \"{NetworkId}\" with genesis {GenesisHash.ToString()[..16]}…";
}
