using Chia.Protocol.Primitives;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.Postgres;
using Npgsql;

namespace Chia.Storage.Tests;

/// <summary>What is PostgreSQL's alone; the rest is the contract's.</summary>
public sealed class PostgresTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_of_one_database_do_not_see_each_other()
    {
        var connection = await PostgresServer.Connection();
        await PostgresSchema.Create(connection, Token);
        await using var a = await Open(connection, "side-a", "small40");
        await using var b = await Open(connection, "side-b", "real300");
        await StoreFixture.Fill(a, "small40");
        await StoreFixture.Fill(b, "real300", 50);

        Assert.Equal(41, (await a.GetSummary(Token)).Blocks);
        Assert.Equal(50, (await b.GetSummary(Token)).Blocks);
        Assert.False(await a.Contains(TestChain.Of("real300").Blocks[5].Record.HeaderHash, Token));
        Assert.Empty((await StoreVerifier.Verify(a, cancellationToken: Token)).Faults);
        Assert.Empty((await StoreVerifier.Verify(b, cancellationToken: Token)).Faults);
        await Assert.ThrowsAsync<StoreNetworkException>(() => Open(connection, "side-a", "real300"));
    }

    [Fact]
    public async Task Two_that_write_at_once_are_one_writer_and_one_refused()
    {
        var connection = await PostgresServer.Connection();
        await PostgresSchema.Create(connection, Token);
        await using var first = await Open(connection, "fence", "small40");
        await using var second = await Open(connection, "fence", "small40");
        var blocks = TestChain.Of("small40").Blocks;
        var model = new ChainModel();
        var old = await first.TakeWriter(Token);
        await first.Commit(old, model.Receive([blocks[0]]), Token);

        // As when a silo freezes: its commits go on while another takes over.
        var frozen = Task.Run(
            async () =>
            {
                for (var i = 1; ; i++)
                    await first.Commit(old, model.Receive([blocks[i]]), Token);
            },
            Token);
        var next = await second.TakeWriter(Token);
        var stale = await Assert.ThrowsAsync<StaleWriterException>(() => frozen);

        Assert.Equal(next, stale.Current);
        var heaviest = (await second.GetSummary(Token)).Tips.Max(t => t.Height);
        Assert.Equal(heaviest + 1L, (await second.LoadIndex(Token)).Records.Count);
    }

    [Fact]
    public async Task Changes_behind_the_stores_back_are_found_and_rewound()
    {
        var connection = await PostgresServer.Connection();
        await PostgresSchema.Create(connection, Token);
        await using var store = await Open(connection, "damaged", "small40");
        await StoreFixture.Fill(store, "small40");
        await Sql(
            connection,
            "UPDATE chia_block SET bytes = overlay(bytes placing 'x' from 700) WHERE node = 'damaged' "
            + "AND header_hash = (SELECT header_hash FROM chia_height WHERE node = 'damaged' AND height = 30)");

        Assert.Equal(29u, (await StoreVerifier.Verify(store, cancellationToken: Token)).LastGoodHeight);
        await StoreRewind.Rewind(store, await store.TakeWriter(Token), 29, 3, cancellationToken: Token);
        Assert.Empty((await StoreVerifier.Verify(store, cancellationToken: Token)).Faults);
    }

    [Fact]
    public async Task A_schema_that_is_missing_or_of_another_version_is_refused()
    {
        var connection = await PostgresServer.Connection();
        await Sql(connection, "CREATE DATABASE versions");
        var versions = new NpgsqlConnectionStringBuilder(connection) { Database = "versions", Pooling = false }.ToString();

        await Assert.ThrowsAsync<StoreFormatException>(() => Open(versions, "a", "small40"));
        await Task.WhenAll(PostgresSchema.Create(versions, Token), PostgresSchema.Create(versions, Token));
        await (await Open(versions, "a", "small40")).DisposeAsync();
        await Sql(versions, "UPDATE chia_schema SET version = 2");

        await Assert.ThrowsAsync<StoreVersionException>(() => Open(versions, "a", "small40"));
        await Assert.ThrowsAsync<StoreVersionException>(() => PostgresSchema.Create(versions, Token));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_without_its_password()
    {
        const string Nobody = "Host=127.0.0.1;Port=1;Username=chia;Password=secret;Database=x;Timeout=5";

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => Open(Nobody, "a", "small40"));

        Assert.Contains("postgresql://127.0.0.1:1/x", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static Task<IBlockStore> Open(string connection, string node, string chain) => PostgresBlockStore.Open(
        new PostgresStoreOptions
        {
            ConnectionString = connection,
            Node = NodeName.Parse(node),
            Identity = StoreIdentity.Of(TestChain.Of(chain).Network),
        },
        Token);

    private static async Task Sql(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
