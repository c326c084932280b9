using Chia.Grains.Chain;
using Chia.Protocol.Primitives;
using Chia.Silo.Node;
using Chia.Storage;
using Chia.Storage.Sqlite;

namespace Chia.Silo.Hosting;

/// <summary>The block store of the one node of this process: a SQLite file under its root folder.</summary>
internal sealed class SqliteStoreProvider(NodeSettings settings) : IBlockStoreProvider, IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IBlockStore? _store;

    public async Task<IBlockStore> Get(NodeName node, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            return _store ??= await SqliteBlockStore.Open(NodePaths.Store(settings.Root, settings.Network), cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        _gate.Dispose();
    }
}
