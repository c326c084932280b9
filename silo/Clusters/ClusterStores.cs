using System.Collections.Concurrent;
using Chia.Grains.Chain;
using Chia.Protocol.Primitives;
using Chia.Silo.Clusters.Definition;
using Chia.Storage;
using Chia.Storage.Providers;

namespace Chia.Silo.Clusters;

/// <summary>The block stores of a cluster's nodes, all in one database. Whose chain it is to write is for the writer's epoch to
/// say.</summary>
internal sealed class ClusterStores(ClusterDefinition cluster) : IBlockStoreProvider, IAsyncDisposable
{
    private readonly ConcurrentDictionary<NodeName, IBlockStore> _stores = [];
    private readonly IBlockStores _place = BlockStorePlace.At(cluster.BlockStore);
    private readonly SemaphoreSlim _gate = new(1, 1);

    public async Task<IBlockStore> Get(NodeName node, CancellationToken cancellation)
    {
        if (_stores.TryGetValue(node, out var known))
            return known;
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_stores.TryGetValue(node, out known))
                return known;
            var store = await Open(node, cancellation);
            return _stores[node] = store;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores.Values)
            await store.DisposeAsync();
        await _place.DisposeAsync();
        _gate.Dispose();
    }

    private Task<IBlockStore> Open(NodeName node, CancellationToken cancellation) =>
        _place.Open(node, StoreIdentity.Of(cluster.Network), cancellation);
}
