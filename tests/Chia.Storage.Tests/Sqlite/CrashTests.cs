using System.Diagnostics;
using System.Globalization;
using Chia.Protocol.Primitives;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;
using Chia.Storage.Tests.Support;
using Chia.Testing;

namespace Chia.Storage.Tests.Sqlite;

/// <summary>A writer is killed with SIGKILL, or the power fails, at any moment: nothing acknowledged is lost, and nothing needs
/// repair.</summary>
public sealed class CrashTests
{
    private const string Chain = "long1500";

    /// <summary>Longest busy wait between an acknowledgement and the kill: a few milliseconds, i.e. more than a commit takes.</summary>
    private const int MaxSpins = 200_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_writer_loses_nothing_it_acknowledged()
    {
        using var folder = new TempFolder();
        var random = new Random(20191204);
        var acknowledged = -1;
        var unacknowledged = 0;
        for (var round = 0; round < 15; round++)
        {
            acknowledged = Math.Max(acknowledged, await RunAndKill(folder.Database, round, random));

            // A reader comes first: it must cope with what the dead writer left. The writer's lock is gone with its process.
            await using (var reader = await SqliteBlockStore.OpenReader(StoreFixture.Options(folder.Database, Chain), Token))
                Assert.True((await reader.GetSummary(Token)).Tips[0].Height >= acknowledged);
            await using var store = await StoreFixture.Open(folder.Database, Chain);
            var last = await Check(store);
            Assert.True(last >= acknowledged, $"round {round}: acknowledged {acknowledged}, stored {last}");
            unacknowledged += last - acknowledged;
        }

        Assert.True(acknowledged >= 15, "each round acknowledges at least one block");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"acknowledged height {acknowledged}; {unacknowledged} blocks were stored without having been acknowledged");
    }

    [Fact]
    public async Task A_log_cut_or_damaged_at_any_place_leaves_a_sound_store()
    {
        using var folder = new TempFolder();
        var boundaries = new HashSet<int> { -1 };
        byte[] database, log;
        await using (var store = await StoreFixture.Open(folder.Database, Chain))
        {
            var model = new ChainModel();
            var writer = await store.TakeWriter(Token);
            foreach (var batch in TestChain.Of(Chain).Blocks.Take(40).Chunk(3))
            {
                await store.Commit(writer, WithCheckpoint(model.Receive(batch), batch[^1].Record.HeaderHash), Token);
                boundaries.Add((int)batch[^1].Record.Height);
            }

            (database, log) = (await ReadShared(folder.Database), await ReadShared(folder.Database + "-wal"));
        }

        var random = new Random(7);
        var seen = new HashSet<int>();
        var cuts = Enumerable.Range(0, 40).Select(_ => random.Next(log.Length + 1)).Order().ToList();
        var before = -1;
        foreach (var cut in cuts)
        {
            var last = await OpenCopy(database, log[..cut]);
            Assert.True(last >= before, $"cut at {cut}: a longer log gave height {last} after {before}");
            before = last;
            seen.Add(last);

            var damaged = (byte[])log.Clone();
            damaged[Math.Min(cut, log.Length - 1)] ^= 0x10;
            seen.Add(await OpenCopy(database, damaged));
        }

        Assert.True(seen.IsSubsetOf(boundaries), "only whole commits may be there");
        Assert.True(seen.Count > 5, "the cuts hit different commits");
        Assert.Equal(39, await OpenCopy(database, log));
    }

    /// <summary>The height acknowledged last.</summary>
    private static async Task<int> RunAndKill(string database, int seed, Random random)
    {
        using var process = WriterProcess.Start(database, Chain, $"{seed}");
        var height = -1;
        try
        {
            for (var acks = random.Next(1, 30); acks > 0; acks--)
            {
                var line = await process.StandardOutput.ReadLineAsync(Token)
                    ?? throw new InvalidOperationException($"the writer ended by itself after height {height}");
                var words = line.Split(' ');
                height = int.Parse(words[0], CultureInfo.InvariantCulture);
                Assert.Equal(TestChain.Of(Chain).Blocks[height].Record.HeaderHash, Bytes32.FromHex(words[1]));
            }

            Thread.SpinWait(random.Next(MaxSpins));
        }
        finally
        {
            process.Kill();
        }

        // Acknowledged and printed, but not yet read when the signal fell. The last line may be cut.
        var rest = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        foreach (var line in rest.Split('\n')[..^1])
            height = int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture);
        return height;
    }

    /// <summary>A sound store that ends at a whole commit; returns its height, -1 if it is empty.</summary>
    private static async Task<int> Check(IBlockStore store)
    {
        var report = await StoreVerifier.Verify(store, cancellationToken: Token);
        Assert.Empty(report.Faults);
        var height = report.Height is { } h ? (int)h : -1;
        Assert.Equal(report.Tip?.ToArray(), await store.GetCheckpoint("last", Token));
        var blocks = TestChain.Of(Chain).Blocks.Take(height + 1).ToList();
        Assert.Equal(blocks.Select(b => b.Bytes), await store.GetBlocks([.. blocks.Select(b => b.Record.HeaderHash)], Token));
        Assert.DoesNotContain((await store.GetSyncState(Token)).Blocks, b => b.Height <= height);
        return height;
    }

    private static async Task<int> OpenCopy(byte[] database, byte[] log)
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.Database, database, Token);
        await File.WriteAllBytesAsync(folder.Database + "-wal", log, Token);
        await using var store = await StoreFixture.Open(folder.Database, Chain);
        return await Check(store);
    }

    private static ChainCommit WithCheckpoint(ChainCommit commit, Bytes32 last) =>
        commit with { Checkpoints = new Dictionary<string, byte[]?> { ["last"] = last.ToArray() } };

    private static async Task<byte[]> ReadShared(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, Token);
        return bytes;
    }
}
