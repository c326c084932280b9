using Chia.Storage.Maintenance;
using Chia.Storage.Providers;

namespace Chia.Storage.Tests.Contract;

/// <summary>SQLite files in a folder of their own.</summary>
public sealed class SqliteStores : IStores
{
    private readonly TempFolder _folder = new();

    public Task<IBlockStore> Open(string chain, string name) => StoreFixture.Open(_folder.PathOf(name + ".db"), chain);

    public Task<(IStoreMaintenance Place, string Node)> Find(string name) =>
        Task.FromResult<(IStoreMaintenance, string)>((BlockStorePlace.At(_folder.PathOf(name + ".db")), ""));

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class SqliteCommitTests : CommitTests<SqliteStores>;

public sealed class SqliteQueryTests : QueryTests<SqliteStores>;

public sealed class SqliteSyncStoreTests : SyncStoreTests<SqliteStores>;

public sealed class SqliteRewindTests : RewindTests<SqliteStores>;

public sealed class SqliteMaintenanceTests : MaintenanceTests<SqliteStores>;
