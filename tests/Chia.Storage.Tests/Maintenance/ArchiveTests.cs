using System.Buffers.Binary;
using Chia.Protocol.Blocks;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;
using Chia.Storage.Tests.Support;
using Chia.Testing;

namespace Chia.Storage.Tests.Maintenance;

public sealed class ArchiveTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("real300")]
    [InlineData("long1500")]
    public async Task An_export_is_the_file_that_was_imported(string chain)
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, chain);
        await StoreFixture.Fill(store, chain);
        using var output = new MemoryStream();
        var count = await BlockArchive.Export(store, output, new ExportRange(), cancellationToken: Token);
        Assert.Equal(TestChain.Of(chain).Blocks.Count, count);
        Assert.Equal(await File.ReadAllBytesAsync(Vectors.PathOf("chains", chain, "blocks.bin"), Token), output.ToArray());
    }

    [Fact]
    public async Task After_a_reorg_the_export_follows_the_heaviest_tip_to_its_end()
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, "real300");
        await StoreFixture.Fill(store, "real300", fork: true);
        var chain = TestChain.Of("real300");
        using var output = new MemoryStream();
        Assert.Equal(306, await BlockArchive.Export(store, output, new ExportRange(), cancellationToken: Token));
        Assert.Equal(chain.Blocks.Take(281).Concat(chain.Fork).Select(b => b.Bytes), await ReadAll(output.ToArray()));

        using var part = new MemoryStream();
        Assert.Equal(11, await BlockArchive.Export(store, part, new ExportRange(275, 285), cancellationToken: Token));
        Assert.Equal(chain.Blocks.Take(281).Concat(chain.Fork).Skip(275).Take(11).Select(b => b.Bytes), await ReadAll(part.ToArray()));
    }

    [Theory]
    [InlineData(0u, 41u)]
    [InlineData(41u, null)]
    [InlineData(7u, 6u)]
    public async Task Heights_that_are_not_there_are_refused(uint from, uint? to)
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, "small40");
        await StoreFixture.Fill(store, "small40");
        using var output = new MemoryStream();
        var error =
            await Assert.ThrowsAsync<StoreHeightException>(
            () => BlockArchive.Export(store, output, new ExportRange(from, to), cancellationToken: Token));
        Assert.Contains("40", error.Message);
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public async Task Exporting_an_empty_store_is_refused()
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, "small40");
        await Assert.ThrowsAsync<StoreHeightException>(
            () => BlockArchive.Export(store, Stream.Null, new ExportRange(), cancellationToken: Token));
    }

    [Fact]
    public async Task A_cut_file_gives_the_whole_records_before_the_cut_and_names_the_offset()
    {
        var file = await File.ReadAllBytesAsync(Vectors.PathOf("chains", "small40", "blocks.bin"), Token);
        var offsets = new List<int> { 0 };
        foreach (var record in Vectors.Records("chains", "small40", "blocks.bin"))
            offsets.Add(offsets[^1] + 4 + record.Length);

        for (var cut = 0; cut < offsets[3]; cut++)
        {
            var whole = offsets.FindLastIndex(o => o <= cut);
            var read = 0;
            ArchiveFormatException? error = null;
            try
            {
                await foreach (var record in BlockArchive.Read(new MemoryStream(file, 0, cut), Token))
                    Assert.Equal(offsets[read++], record.Offset);
            }
            catch (ArchiveFormatException thrown)
            {
                error = thrown;
            }

            Assert.Equal(whole, read);
            var rest = cut - offsets[whole];
            Assert.Equal(rest == 0 ? null : rest < 4 ? ArchiveError.TruncatedLength : ArchiveError.TruncatedBlock, error?.Error);
            Assert.Equal(rest == 0 ? null : offsets[whole], error?.Offset);
        }
    }

    [Theory]
    [InlineData(0u, ArchiveError.EmptyRecord)]
    [InlineData(FullBlock.MaxSize + 1u, ArchiveError.RecordTooLong)]
    [InlineData(uint.MaxValue, ArchiveError.RecordTooLong)]
    [InlineData((uint)FullBlock.MaxSize, ArchiveError.TruncatedBlock)]
    public async Task Impossible_lengths_are_refused(uint length, ArchiveError expected)
    {
        var file = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(file, 1);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(5), length);
        var error = await Assert.ThrowsAsync<ArchiveFormatException>(() => ReadAll(file));
        Assert.Equal((expected, 5L), (error.Error, error.Offset));
        Assert.Contains("offset 5", error.Message);
    }

    private static async Task<List<byte[]>> ReadAll(byte[] file)
    {
        var records = new List<byte[]>();
        await foreach (var record in BlockArchive.Read(new MemoryStream(file), Token))
            records.Add(record.Bytes);
        return records;
    }
}
