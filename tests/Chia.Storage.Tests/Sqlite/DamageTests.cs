using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;
using Chia.Storage.Tests.Support;
using Chia.Testing;
using Microsoft.Data.Sqlite;

namespace Chia.Storage.Tests.Sqlite;

/// <summary>
/// Whatever happened to the file: verifying ends with a report, and going back to the height it names leaves a sound store of that height.
/// </summary>
public sealed class DamageTests : IDisposable
{
    private const string Chain = "small40";
    private const int PageSize = 4096;

    private static readonly string[] Columns =
    [
        "identity.network_id", "identity.genesis_hash", "identity.epoch",
        "record.header_hash", "record.height", "record.fields",
        "block.header_length", "block.checksum", "block.bytes",
        "height.header_hash", "tip.header_hash", "checkpoint.name", "checkpoint.value",
        "sync_target.header_hash", "sync_target.height", "sync_target.weight",
        "sync_block.height", "sync_block.header_hash", "sync_block.bytes",
    ];

    private static readonly string[] Values =
        ["NULL", "x'00'", "x''", "'text'", "-1", "9223372036854775807", "1.5", "randomblob(32)", "zeroblob(70000)"];

    private static readonly Lazy<Task<byte[]>> Sound = new(MakeSound);

    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SqliteStoreOptions Options => StoreFixture.Options(_folder.Database, Chain);

    public static bool IsWindows => OperatingSystem.IsWindows();

    public static TheoryData<string> EveryColumn => [.. Columns];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(EveryColumn))]
    public async Task Any_value_in_any_column(string column)
    {
        var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
        foreach (var value in Values)
        {
            foreach (
                var where in new[] { "TRUE",
                "rowid IN (SELECT rowid FROM " + table + " LIMIT 1 OFFSET (SELECT count(*) / 2 FROM " + table + "))" })
            {
                if (table == "checkpoint" && where != "TRUE")
                    continue; // WITHOUT ROWID.
                await Write(await Sound.Value);
                Sql("PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table' AND name <> 'checkpoint'");
                Sql($"UPDATE OR IGNORE {table} SET {name} = {value} WHERE {where}");
                await Survive($"{column} = {value} where {where}");
            }
        }
    }

    [Fact]
    public async Task Every_table_missing_or_empty()
    {
        foreach (var table in Columns.Select(c => c.Split('.')[0]).Distinct())
        {
            foreach (var sql in new[] { $"DROP TABLE {table}", $"DELETE FROM {table}", $"ALTER TABLE {table} RENAME TO gone" })
            {
                await Write(await Sound.Value);
                Sql(sql);
                var report = await Survive(sql);
                if (sql.StartsWith("DROP", StringComparison.Ordinal))
                    Assert.False(report.IsSound, sql);
            }
        }
    }

    [Fact]
    public async Task A_file_cut_anywhere()
    {
        var sound = await Sound.Value;
        var random = new Random(20191201);
        foreach (
            var length in Enumerable.Range(0, 30).Select(_ => random.Next(sound.Length))
            .Concat([0, 1, 15, 16, 99, 100, PageSize - 1, PageSize, PageSize + 1, sound.Length - 1]))
        {
            await Write(sound[..length]);
            var report = await Survive($"cut to {length}");
            Assert.False(report.IsSound, $"cut to {length} of {sound.Length}");
        }
    }

    [Fact]
    public async Task A_file_cut_within_its_last_blocks_keeps_the_others()
    {
        var sound = await Sound.Value;
        await Write(sound[..(sound.Length * 9 / 10)]);

        Assert.True((await Survive("cut by a tenth")).LastGoodHeight is not null || sound.Length < 20 * PageSize);
    }

    [Fact]
    public async Task Any_page_zeroed()
    {
        var sound = await Sound.Value;
        for (var page = 0; page < sound.Length / PageSize; page++)
        {
            var bytes = (byte[])sound.Clone();
            bytes.AsSpan(page * PageSize, PageSize).Clear();
            await Write(bytes);
            await Survive($"page {page} zeroed");
        }
    }

    [Fact]
    public async Task Bytes_flipped_anywhere()
    {
        var sound = await Sound.Value;
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var bytes = (byte[])sound.Clone();
            for (var flips = random.Next(1, 20); flips > 0; flips--)
            {
                // Half of them in the pages that hold structure: the first ones.
                var at = random.Next(2) == 0 ? random.Next(bytes.Length) : random.Next(Math.Min(bytes.Length, 12 * PageSize));
                bytes[at] ^= (byte)random.Next(1, 256);
            }

            await Write(bytes);
            await Survive($"seed {seed}");
        }
    }

    [Theory]
    [InlineData("PRAGMA application_id = 1")]
    [InlineData("PRAGMA user_version = 999")]
    [InlineData("UPDATE identity SET network_id = 'other'")]
    [InlineData("UPDATE identity SET genesis_hash = zeroblob(32)")]
    public async Task A_wrong_name_on_the_store_loses_no_block(string sql)
    {
        await Write(await Sound.Value);
        Sql(sql);

        var report = await Survive(sql);

        Assert.False(report.IsSound);
        Assert.Equal(40u, report.LastGoodHeight);
    }

    [Fact]
    public async Task Another_programs_database_text_and_a_folder_have_nothing_good()
    {
        Sql("CREATE TABLE songs(title TEXT)");
        Assert.Null((await Survive("songs")).LastGoodHeight);
        await File.WriteAllTextAsync(_folder.Database, string.Concat(Enumerable.Repeat("not a database ", 1000)), Token);
        Assert.Null((await Survive("text")).LastGoodHeight);
        File.Delete(_folder.Database);
        Directory.CreateDirectory(_folder.Database);
        Assert.Null((await Survive("folder")).LastGoodHeight);
    }

    [Fact]
    public async Task A_log_that_is_gone_is_said()
    {
        await using (var store = await StoreFixture.Open(_folder.Database, Chain))
        {
            await StoreFixture.Fill(store, Chain, 20);
            File.Copy(_folder.Database, _folder.File("alone.db"));
        }

        Assert.True((await Verify(Options)).IsSound);
        var alone = await Verify(Options with { Path = _folder.File("alone.db") });
        Assert.Contains(alone.Faults, f => f.Kind == StoreFaultKind.Medium && f.Detail.Contains("-wal is gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_height_that_verify_names_can_be_reached_and_the_damaged_file_stays()
    {
        await Write(await Sound.Value);
        Sql("PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '')");
        Sql("UPDATE record SET fields = NULL WHERE height = 30");
        var damaged = await File.ReadAllBytesAsync(_folder.Database, Token);

        var report = await Verify(Options);
        Assert.Equal(29u, report.LastGoodHeight);
        await Assert.ThrowsAsync<StoreHeightException>(() => SqliteRewind.Rewind(Options, 30, 3, cancellationToken: Token));
        var result = await SqliteRewind.Rewind(Options, 29, 3, cancellationToken: Token);

        Assert.Equal(_folder.Database + ".damaged", result.KeptAside);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(result.KeptAside!, Token));
        await using var store = await StoreFixture.Open(_folder.Database, Chain);
        Assert.Equal(29u, (await store.GetSummary(Token)).Tips[0].Height);
    }

    [Fact]
    public async Task A_rewind_keeps_no_block_that_is_damaged_and_changes_nothing_before_it_knows()
    {
        await Write(await Sound.Value);
        Sql("UPDATE block SET bytes = zeroblob(length(bytes)) WHERE id = (SELECT id FROM record WHERE height = 25)");
        var refusal = await Assert.ThrowsAsync<StoreHeightException>(() => SqliteRewind.Rewind(Options, 30, 3, cancellationToken: Token));
        Assert.Contains("at height 25 is damaged", refusal.Message, StringComparison.Ordinal);
        var untouched = await Verify(Options);
        Assert.Equal((40u, 24u), (untouched.Height, untouched.LastGoodHeight));

        List<StoreProgress> told = [];
        await SqliteRewind.Rewind(Options, 24, 3, new Recorder(told), Token);
        Assert.Equal(new StoreProgress(25, 25), told[^1]);
        Assert.True((await Verify(Options)).IsSound);
    }

    [Theory]
    [InlineData("DROP TABLE block")]
    [InlineData("DROP TABLE record")]
    public async Task A_rewind_that_cannot_be_is_not_told_to_rewind(string sql)
    {
        await Write(await Sound.Value);
        Sql(sql);
        var error = await Assert.ThrowsAsync<StoreHeightException>(() => SqliteRewind.Rewind(Options, 20, 3, cancellationToken: Token));
        Assert.DoesNotContain("then `chia db rewind`", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.Database));
    }

    [Fact]
    public async Task A_rewind_of_a_file_that_was_cut_within_its_first_blocks_is_not_told_to_rewind()
    {
        var sound = await Sound.Value;
        await Write(sound[..(sound.Length / 2)]);
        await Assert.ThrowsAsync<StoreHeightException>(() => SqliteRewind.Rewind(Options, 20, 3, cancellationToken: Token));
    }

    [Fact(SkipWhen = nameof(IsWindows), Skip = "no pipes in the file system of Windows")]
    public async Task A_pipe_is_no_store_and_is_not_waited_for()
    {
        using (var made = System.Diagnostics.Process.Start("mkfifo", [_folder.Database]))
            await made.WaitForExitAsync(Token);
        Assert.Contains("pipe", (await Assert.ThrowsAsync<StoreUnavailableException>(() => SqliteBlockStore.Open(Options, Token))).Message);
        Assert.Contains(
            "pipe", (await Assert.ThrowsAsync<StoreUnavailableException>(() => SqliteBlockStore.OpenReader(Options, Token))).Message);
    }

    private static async Task<byte[]> MakeSound()
    {
        using var folder = new TempFolder();
        await using (var store = await StoreFixture.Open(folder.Database, Chain))
        {
            await StoreFixture.Fill(store, Chain);
            var block = TestChain.Of(Chain).Blocks[5];
            await store.SetSyncTarget(await store.GetWriter(Token), new SyncTarget(block.Record.HeaderHash, 5, 7), Token);
            await store.PutSyncBlocks(await store.GetWriter(Token), [new SyncBlock(5, block.Record.HeaderHash, block.Bytes)], Token);
            await store.SetCheckpoint(await store.GetWriter(Token), "sync", [1, 2, 3], Token);
        }

        return await File.ReadAllBytesAsync(folder.Database, Token);
    }

    private static async Task<VerifyReport> Verify(SqliteStoreOptions options)
    {
        await using var reader = SqliteBlockStore.OpenDamaged(options);
        return await StoreVerifier.Verify(reader, cancellationToken: Token);
    }

    /// <summary>The property: a report; a rewind to what it names; a sound store then. A node that opens the damaged store gets a
    /// sentence, if not the store.</summary>
    private async Task<VerifyReport> Survive(string what)
    {
        try
        {
            var report = await Verify(Options);
            await OpenAsNode();
            if (report.LastGoodHeight is not { } height)
                return report;
            await SqliteRewind.Rewind(Options, height, 3, cancellationToken: Token);
            var after = await Verify(Options);
            Assert.Empty(after.Faults);
            Assert.Equal(height, after.Height);
            return report;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new InvalidOperationException(what, error);
        }
    }

    private async Task OpenAsNode()
    {
        var copy = Options with { Path = _folder.File("node.db") };
        if (!File.Exists(_folder.Database))
            return;
        File.Copy(_folder.Database, copy.Path, overwrite: true);
        try
        {
            await using var store = await SqliteBlockStore.Open(copy, Token);
            await store.GetSyncState(Token);
            await store.GetCheckpoint("sync", Token);
            await store.LoadIndex(Token);
            await store.GetSummary(Token);
        }
        catch (StoreException)
        {
            // One sentence; what is damaged is not served.
        }
    }

    private async Task Write(byte[] bytes)
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_folder.Database)!))
            File.Delete(file);
        await File.WriteAllBytesAsync(_folder.Database, bytes, Token);
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
