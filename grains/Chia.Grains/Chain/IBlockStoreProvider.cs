using Chia.Storage;

namespace Chia.Grains.Chain;

/// <summary>Opens the block store of a node; the silo decides which kind and where.</summary>
public interface IBlockStoreProvider
{
    /// <summary>The store of a node, opened for writing. The caller disposes it.</summary>
    Task<IBlockStore> OpenAsync(string node, CancellationToken cancellation);
}
