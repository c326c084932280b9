using Chia.Protocol.Primitives;
using Chia.Storage.Maintenance;
using Chia.Storage.Providers;
using Chia.Storage.Tests.Support;

namespace Chia.Storage.Tests.Contract;

/// <summary>Nodes side by side in one database of the server that CHIA_TEST_MONGODB names.</summary>
public sealed class MongoStores : IStores
{
    private readonly string _prefix = $"{Guid.NewGuid():N}-";
    private IStoreMaintenance? _place;

    /// <summary>Whether there is a server to test with.</summary>
    internal static bool IsNamed => Address is not null;

    private static string? Address => Environment.GetEnvironmentVariable("CHIA_TEST_MONGODB");

    public async Task<IBlockStore> Open(string chain, string name)
    {
        var (place, node) = await Find(name);
        return await place.Open(node, StoreIdentity.Of(TestChain.Of(chain).Network), TestContext.Current.CancellationToken);
    }

    public async Task<(IStoreMaintenance Place, NodeName Node)> Find(string name)
    {
        Assert.SkipUnless(IsNamed, "MongoDB is NOT TESTED here: CHIA_TEST_MONGODB names no server (mongodb://host:port/database)");
        if (_place is null)
        {
            _place = BlockStorePlace.At(Address!);
            await _place.Prepare(TestContext.Current.CancellationToken);
        }

        return (_place, NodeName.Parse(_prefix + name));
    }

    public ValueTask DisposeAsync() => _place?.DisposeAsync() ?? ValueTask.CompletedTask;
}

public sealed class MongoCommitTests : CommitTests<MongoStores>;

public sealed class MongoQueryTests : QueryTests<MongoStores>;

public sealed class MongoSyncStoreTests : SyncStoreTests<MongoStores>;

public sealed class MongoRewindTests : RewindTests<MongoStores>;

public sealed class MongoMaintenanceTests : MaintenanceTests<MongoStores>;
