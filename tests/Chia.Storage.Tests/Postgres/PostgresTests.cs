using Chia.Protocol.Primitives;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.Postgres;
using Chia.Storage.Tests.Support;
using Npgsql;

namespace Chia.Storage.Tests.Postgres;

/// <summary>What is PostgreSQL's alone; the rest is the contract's.</summary>
public sealed class PostgresTests : IAsyncDisposable
{
    private readonly List<PostgresBlockStores> _opened = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var stores in _opened)
            await stores.DisposeAsync();
    }

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

    [Theory]
    [InlineData("UPDATE chia_schema SET version = 2")]
    [InlineData("DELETE FROM chia_schema")]
    [InlineData("DROP TABLE chia_schema")]
    [InlineData("DELETE FROM chia_node")]
    [InlineData("UPDATE chia_node SET genesis_hash = '\\x00'")]
    [InlineData("UPDATE chia_node SET genesis_hash = overlay(genesis_hash placing '\\x00' from 1)")]
    [InlineData("UPDATE chia_node SET network_id = 'another'")]
    [InlineData("UPDATE chia_node SET epoch = 9223372036854775807")]
    [InlineData("ALTER TABLE chia_node ALTER COLUMN network_id DROP NOT NULL; UPDATE chia_node SET network_id = NULL")]
    [InlineData("DROP TABLE chia_checkpoint")]
    [InlineData("DROP TABLE chia_sync_block")]
    [InlineData("DROP FUNCTION chia_require")]
    public async Task What_keeps_a_node_from_opening_its_store_is_found_and_kept(string sql)
    {
        var name = $"closed_{Guid.NewGuid():N}";
        var connection = await PostgresServer.Connection();
        await Sql(connection, $"CREATE SCHEMA {name}");
        var own = new NpgsqlConnectionStringBuilder(connection) { SearchPath = name, Pooling = false }.ConnectionString;
        await PostgresSchema.Create(own, Token);
        await using var store = await Open(own, "main", "small40");
        await StoreFixture.Fill(store, "small40", 3);
        Assert.Empty((await StoreVerifier.Verify(store, cancellationToken: Token)).Faults);

        await Sql(own, sql);

        var report = await StoreVerifier.Verify(store, cancellationToken: Token);
        Assert.Contains(report.Faults, fault => fault.Kind == StoreFaultKind.Medium);
        Assert.True(report.KeepsFromRewind); // It opens the store as well.
        if (sql != "DELETE FROM chia_node") // Then a node begins anew beside what is left.
            await Assert.ThrowsAnyAsync<StoreException>(() => Open(own, "main", "small40"));
    }

    [Theory]
    [InlineData("UPDATE chia_sync_block SET bytes = substring(bytes for 700)")]
    [InlineData("UPDATE chia_sync_block SET header_hash = '\\x00'")]
    [InlineData("UPDATE chia_sync_target SET weight = '\\x00'")]
    public async Task What_a_sync_kept_and_somebody_changed_is_found(string sql)
    {
        var connection = await PostgresServer.Connection();
        await PostgresSchema.Create(connection, Token);
        var node = $"sync-{Guid.NewGuid():N}";
        await using var store = await Open(connection, node, "small40");
        await StoreFixture.Fill(store, "small40", 3);
        var (writer, block) = (await store.TakeWriter(Token), TestChain.Of("small40").Blocks[7]);
        await store.SetSyncTarget(writer, new SyncTarget(block.Record.HeaderHash, 7, block.Record.TotalWeight), Token);
        await store.PutSyncBlocks(writer, [new SyncBlock(7, block.Record.HeaderHash, block.Bytes)], Token);
        Assert.Empty((await StoreVerifier.Verify(store, cancellationToken: Token)).Faults);

        await Sql(connection, $"{sql} WHERE node = '{node}'");

        var report = await StoreVerifier.Verify(store, cancellationToken: Token);
        Assert.Equal(StoreFaultKind.Medium, Assert.Single(report.Faults).Kind);
        Assert.False(report.KeepsFromRewind);
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

    /// <summary>Peers ask as many questions at once as they like; another silo needs a connection too.</summary>
    [Theory]
    [InlineData("", PostgresAddress.MaxConnections)]
    [InlineData(";Maximum Pool Size=3", 3)]
    public async Task However_many_questions_come_at_once_the_stores_of_a_process_open_a_few_connections(string more, int most)
    {
        var connection = await PostgresServer.Connection();
        await PostgresSchema.Create(connection, Token);
        var own = $"questions {most}";
        await using var store = await Open($"{connection};Application Name={own}{more}", $"questions-{most}", "small40");
        await StoreFixture.Fill(store, "small40");
        var hashes = TestChain.Of("small40").Blocks.Select(block => block.Record.HeaderHash).ToList();

        var questions = Enumerable.Range(0, 500).Select(_ => Task.Run(() => store.GetBlocks(hashes, Token), Token)).ToList();
        foreach (var blocks in await Task.WhenAll(questions))
            Assert.DoesNotContain(null, blocks);

        // Those that are idle stay open for a while.
        await using var source = NpgsqlDataSource.Create(connection);
        await using var count = source.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE application_name = $1");
        count.Parameters.Add(new NpgsqlParameter { Value = own });
        Assert.InRange((long)(await count.ExecuteScalarAsync(Token))!, 1, most);
    }

    /// <summary>The table is locked by somebody else, so that no question of its blocks is answered meanwhile.</summary>
    [Fact]
    public async Task What_the_chain_writes_and_looks_up_does_not_wait_behind_questions()
    {
        var server = await PostgresServer.Connection();
        await Sql(server, "CREATE DATABASE crowd");
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = "crowd" }.ConnectionString;
        await PostgresSchema.Create(connection, Token);
        await using var store = await Open(connection, "crowd", "small40");
        await StoreFixture.Fill(store, "small40");
        var writer = await store.GetWriter(Token);
        var hash = TestChain.Of("small40").Blocks[0].Record.HeaderHash;

        await using var source = NpgsqlDataSource.Create(connection);
        await using var other = await source.OpenConnectionAsync(Token);
        await using var locked = await other.BeginTransactionAsync(Token);
        await using (var command = new NpgsqlCommand("LOCK TABLE chia_block IN ACCESS EXCLUSIVE MODE", other))
            await command.ExecuteNonQueryAsync(Token);
        var questions = Enumerable.Range(0, 100).Select(_ => store.GetBlock(hash, Token)).ToList();
        await store.SetCheckpoint(writer, "written", [7], Token);
        Assert.Equal(hash, store.ReadRecord(hash)?.HeaderHash);
        Assert.DoesNotContain(questions, question => question.IsCompleted);

        await locked.CommitAsync(Token);
        Assert.DoesNotContain(null, await Task.WhenAll(questions));
        Assert.Equal([7], await store.GetCheckpoint("written", Token));
    }

    private Task<IBlockStore> Open(string connection, string node, string chain)
    {
        var stores = new PostgresBlockStores(connection);
        _opened.Add(stores);
        return stores.Open(NodeName.Parse(node), StoreIdentity.Of(TestChain.Of(chain).Network), Token);
    }

    private static async Task Sql(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
