using Chia.Protocol.Primitives;
using Chia.Storage;

namespace Chia.Grains.Chain;

/// <summary>The block store of a node, shared by the grains of this silo; the silo decides which kind and where, and closes it when it
/// stops.</summary>
public interface IBlockStoreProvider
{
    /// <summary>The store of a node, opened for writing at the first call. Not to be disposed by the caller.</summary>
    /// <exception cref="Storage.Errors.StoreException">It cannot be used; the message says why and what to do.</exception>
    Task<IBlockStore> Get(NodeName node, CancellationToken cancellation);
}
