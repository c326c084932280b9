using Chia.Storage.Postgres;

namespace Chia.Storage.Tests.Contract;

/// <summary>Nodes side by side in one database.</summary>
public sealed class PostgresStores : IStores
{
    private readonly string _prefix = $"{Guid.NewGuid():N}-";

    public async Task<IBlockStore> Open(string chain, string name)
    {
        var connection = await PostgresServer.Connection();
        await PostgresSchema.Create(connection, TestContext.Current.CancellationToken);
        return await PostgresBlockStore.Open(
            new PostgresStoreOptions { ConnectionString = connection, Node = _prefix + name, Network = TestChain.Of(chain).Network },
            TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class PostgresCommitTests : CommitTests<PostgresStores>;

public sealed class PostgresQueryTests : QueryTests<PostgresStores>;

public sealed class PostgresSyncStoreTests : SyncStoreTests<PostgresStores>;

public sealed class PostgresRewindTests : RewindTests<PostgresStores>;
