using Chia.Protocol.Primitives;
using Chia.Storage.Maintenance;
using Chia.Storage.Providers;
using Chia.Storage.Tests.Support;

namespace Chia.Storage.Tests.Contract;

/// <summary>Nodes side by side in one database.</summary>
public sealed class PostgresStores : IStores
{
    private readonly string _prefix = $"{Guid.NewGuid():N}-";
    private IStoreMaintenance? _place;

    public async Task<IBlockStore> Open(string chain, string name)
    {
        var (place, node) = await Find(name);
        return await place.Open(node, StoreIdentity.Of(TestChain.Of(chain).Network), TestContext.Current.CancellationToken);
    }

    public async Task<(IStoreMaintenance Place, NodeName Node)> Find(string name)
    {
        if (_place is null)
        {
            _place = BlockStorePlace.At(await PostgresServer.Connection());
            await _place.Prepare(TestContext.Current.CancellationToken);
        }

        return (_place, NodeName.Parse(_prefix + name));
    }

    public ValueTask DisposeAsync() => _place?.DisposeAsync() ?? ValueTask.CompletedTask;
}

public sealed class PostgresCommitTests : CommitTests<PostgresStores>;

public sealed class PostgresQueryTests : QueryTests<PostgresStores>;

public sealed class PostgresSyncStoreTests : SyncStoreTests<PostgresStores>;

public sealed class PostgresRewindTests : RewindTests<PostgresStores>;

public sealed class PostgresMaintenanceTests : MaintenanceTests<PostgresStores>;
