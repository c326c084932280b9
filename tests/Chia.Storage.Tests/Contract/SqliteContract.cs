using Chia.Protocol.Primitives;
using Chia.Storage.Maintenance;
using Chia.Storage.Providers;
using Chia.Storage.Tests.Support;
using Chia.Testing;

namespace Chia.Storage.Tests.Contract;

/// <summary>SQLite files in a folder of their own.</summary>
public sealed class SqliteStores : IStores
{
    private readonly TempFolder _folder = new();

    public Task<IBlockStore> Open(string chain, string name) => StoreFixture.Open(_folder.File(name + ".db"), chain);

    public Task<(IStoreMaintenance Place, NodeName Node)> Find(string name) =>
        Task.FromResult<(IStoreMaintenance, NodeName)>((BlockStorePlace.At(_folder.File(name + ".db")), default));

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
