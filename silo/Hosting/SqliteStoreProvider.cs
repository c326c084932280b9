using Chia.Grains.Chain;
using Chia.Storage;
using Chia.Storage.Sqlite;

namespace Chia.Silo.Hosting;

/// <summary>The block store of the one node of this process: a SQLite file under its root folder.</summary>
internal sealed class SqliteStoreProvider(NodeSettings settings) : IBlockStoreProvider
{
    public Task<IBlockStore> OpenAsync(string node, CancellationToken cancellation) =>
        SqliteBlockStore.OpenAsync(NodePaths.Store(settings.Root, settings.Network), cancellation);
}
