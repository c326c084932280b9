using System.Text;
using System.Text.Json;
using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;
using Chia.Storage.Tests.Support;

namespace Chia.Storage.Tests.Maintenance;

/// <summary>Blocks as rows: names and order of the columns are a promise.</summary>
public sealed class BlockTableTests
{
    private const string Head =
        "height,header_hash,prev_header_hash,on_chain,timestamp,weight,difficulty,iterations_per_second,iterations,total_iterations,answered_challenge,"
        + "posed_challenge,quality,plot_size,plot_id,pool_public_key,plot_public_key,coinbase_amount,coinbase_puzzle_hash,fees,fees_puzzle_hash,cost,bytes";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_columns_are_these_in_this_order() => Assert.Equal(Head, string.Join(',', BlockTable.Columns));

    [Fact]
    public async Task Both_forms_say_what_the_blocks_say()
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, "small40");
        await StoreFixture.Fill(store, "small40");

        var csv = (await Table(store, BlockTableFormat.Csv, new ExportRange(3, 12))).TrimEnd('\n').Split('\n');
        var json = (await Table(store, BlockTableFormat.JsonLines, new ExportRange(3, 12))).TrimEnd('\n').Split('\n');

        Assert.Equal(Head, csv[0]);
        Assert.Equal(10, json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            var expected = TestChain.Of("small40").Blocks[i + 3];
            var block = StreamableExtensions.Decode<FullBlock>(expected.Bytes);
            using var row = JsonDocument.Parse(json[i]);
            var values = csv[i + 1].Split(',');
            Assert.Equal(BlockTable.Columns, row.RootElement.EnumerateObject().Select(property => property.Name));
            Assert.Equal(
                values, row.RootElement.EnumerateObject().Select(property => property.Value.ToString())
                .Select(v => v is "True" ? "true" : v));
            Assert.Equal($"{expected.Record.Height}", values[0]);
            Assert.Equal($"{expected.Record.HeaderHash}", values[1]);
            Assert.Equal("true", values[3]);
            Assert.Equal($"{block.HeaderBlock.ProofOfTime!.NumberOfIterations}", values[8]);
            Assert.Equal($"{block.HeaderBlock.ProofOfSpace.Size}", values[13]);
            Assert.Equal($"{block.HeaderBlock.ProofOfSpace.PlotId()}", values[14]);
            Assert.Equal($"{block.Body.Coinbase.Amount}", values[17]);
            Assert.Equal($"{expected.Bytes.Length}", values[22]);
        }
    }

    [Fact]
    public async Task All_branches_are_told_apart()
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, "small40");
        await StoreFixture.Fill(store, "small40", fork: true);
        var chain = TestChain.Of("small40");

        var main = (await Table(store, BlockTableFormat.Csv, new ExportRange())).TrimEnd('\n').Split('\n')[1..];
        var all = (await Table(store, BlockTableFormat.Csv, new ExportRange(AllBranches: true))).TrimEnd('\n').Split('\n')[1..];

        Assert.Equal(chain.Blocks.Count + chain.Fork.Count, all.Length);
        Assert.Equal(main, all.Where(row => row.Split(',')[3] == "true"));
        Assert.Equal(all.Select(row => uint.Parse(row.Split(',')[0])).Order(), all.Select(row => uint.Parse(row.Split(',')[0])));
    }

    private static async Task<string> Table(IBlockStore store, BlockTableFormat format, ExportRange range)
    {
        using var output = new MemoryStream();
        await BlockTable.Write(store, output, format, range, cancellationToken: Token);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
