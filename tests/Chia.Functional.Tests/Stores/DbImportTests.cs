using Chia.Functional.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;
using Chia.Silo.Node;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;
using Chia.Testing;

namespace Chia.Functional.Tests.Stores;

/// <summary><c>chia db import</c>: full validation in, the reference's own figures out.</summary>
public class DbImportTests(RealStore real)
{
    [Fact]
    public async Task The_real_chain_and_its_fork_equal_the_reference_block_by_block()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Real;
        using var index = new ChainIndexFile(chain.Name);
        var first = (await real.Import).MustSucceed();
        AssertLine(
            first, 300, index.Main[^1].GetProperty("header_hash").GetString()!, index.Main[^1].GetProperty("weight").GetUInt64(), 300);

        var root = await real.CopyTo(folder, "node");
        var second = await Import(chain, chain.ForkFile, root);
        var best = index.Tips[0];
        AssertLine(second.MustSucceed(), 25, best.HeaderHash, best.Weight, best.Height);
        await AssertStore(chain, root, index);
    }

    [Theory]
    [InlineData("small40")]
    [InlineData("fast1024")]
    [InlineData("real40bt")]
    public async Task A_chain_equals_the_reference_block_by_block(string name)
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Of(name);
        using var index = new ChainIndexFile(name);
        var tip = index.Main[^1];
        var result = (await Import(chain, chain.BlocksFile, folder.Path)).MustSucceed();
        AssertLine(
            result, chain.Main.Count - 1, tip.GetProperty("header_hash").GetString()!, tip.GetProperty("weight")
            .GetUInt64(), tip.GetProperty("height").GetUInt32());
        if (chain.Branch.Count > 0)
            (await Import(chain, chain.ForkFile, folder.Path)).MustSucceed();
        await AssertStore(chain, folder.Path, index);
    }

    [Fact]
    public async Task Long1500_imports_to_its_last_index_entry()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Of("long1500");
        using var index = new ChainIndexFile(chain.Name);
        var result = (await Import(chain, chain.BlocksFile, folder.Path)).MustSucceed();
        var last = index.Main[^1];
        AssertLine(result, 1500, last.GetProperty("header_hash").GetString()!, last.GetProperty("weight").GetUInt64(), 1500);
        await AssertStore(chain, folder.Path, index);
    }

    [Fact]
    public async Task Blocks_already_present_are_skipped()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Small;
        var part = Archives.Write(folder.File("part.bin"), chain.Main.Take(21));
        Assert.Equal("20", (await Import(chain, part, folder.Path)).MustSucceed()["imported"]);
        var result = (await Import(chain, chain.BlocksFile, folder.Path)).MustSucceed();
        Assert.Equal("20", result["imported"]);
        Assert.Equal("40", result["height"]);
    }

    [Fact]
    public async Task An_invalid_block_stops_the_import_and_keeps_what_was_before_it()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Small;
        var bad = chain.Main[25];
        bad = bad with { Body = bad.Body with { Cost = bad.Body.Cost + 1 } };
        var file = Archives.Write(folder.File("bad.bin"), [.. chain.Main.Take(25), bad, .. chain.Main.Skip(26)]);
        var result = (await Import(chain, file, folder.Path)).Must(1);
        Assert.Equal("24", result["imported"]);
        Assert.Equal("24", result["height"]);
        Assert.Equal(chain.Main[24].HeaderHash().ToString(), result["tip"]);
        Assert.Contains("height 25", result.Error);
        Assert.Contains(bad.HeaderHash().ToString(), result.Error);
        Assert.Contains("BodyHash", result.Error);
    }

    [Fact]
    public async Task A_block_against_a_contextual_rule_is_named_too()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Small;
        var bad = chain.Main[12];
        var challenge = bad.HeaderBlock.Challenge!;
        bad = bad with { HeaderBlock = bad.HeaderBlock with { Challenge = challenge with { TotalWeight = challenge.TotalWeight + 1 } } };
        var file = Archives.Write(folder.File("bad.bin"), [.. chain.Main.Take(12), bad]);
        var result = (await Import(chain, file, folder.Path)).Must(1);
        Assert.Equal("11", result["height"]);
        Assert.Contains("height 12", result.Error);
        Assert.Contains(bad.HeaderHash().ToString(), result.Error);
        Assert.Contains("Weight", result.Error);
    }

    [Fact]
    public async Task A_disconnected_block_stops_the_import()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Small;
        var file = Archives.Write(folder.File("gap.bin"), [.. chain.Main.Take(11), chain.Main[12]]);
        var result = (await Import(chain, file, folder.Path)).Must(1);
        Assert.Equal("10", result["height"]);
        Assert.Contains("height 12", result.Error);
        Assert.Contains(chain.Main[12].HeaderHash().ToString(), result.Error);
        Assert.Contains("Disconnected", result.Error);
    }

    [Fact]
    public async Task What_is_no_block_stops_the_import()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Small;
        var blocks = chain.Main.Take(11).Select(b => b.ToBytes());
        var file = Archives.Write(folder.File("noise.bin"), [.. blocks, new byte[1000]]);
        var result = (await Import(chain, file, folder.Path)).Must(1);
        Assert.Equal("10", result["height"]);
        Assert.Contains("no block", result.Error);

        var whole = await File.ReadAllBytesAsync(chain.BlocksFile, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder.File("cut.bin"), whole[..^7], TestContext.Current.CancellationToken);
        var cut = (await Import(chain, folder.File("cut.bin"), folder.Path)).Must(1);
        Assert.Equal("39", cut["height"]);
        Assert.Contains("ends after", cut.Error);
    }

    private static Task<ChiaResult> Import(ChainVectors chain, string file, string root) =>
        ChiaProcess.Run("db", "import", file, "--network", chain.NetworkFile, "--root", root);

    private static void AssertLine(ChiaResult result, int imported, string tip, ulong weight, uint height)
    {
        Assert.Equal($"{imported}", result["imported"]);
        Assert.Equal($"{height}", result["height"]);
        Assert.Equal(tip, result["tip"]);
        Assert.Equal($"{weight}", result["weight"]);
        Assert.True(double.Parse(result["seconds"]) > 0);
        Assert.True(double.Parse(result["blocks_per_second"]) > 0);
    }

    private static async Task AssertStore(ChainVectors chain, string root, ChainIndexFile index)
    {
        await using var store =
            await SqliteBlockStore.OpenReader(NodePaths.Store(root, chain.Network), TestContext.Current.CancellationToken);
        var stored = await store.LoadIndex(TestContext.Current.CancellationToken);
        var records = stored.Records.ToDictionary(r => r.HeaderHash.ToString());
        foreach (var (entry, block) in index.Main.Concat(index.Fork).Zip(chain.Main.Concat(chain.Branch)))
        {
            var record = records[entry.GetProperty("header_hash").GetString()!];
            ChainIndexFile.AssertEqual(entry, record, block);
            Assert.Equal(block.ToBytes(), await store.GetBlock(record.HeaderHash, TestContext.Current.CancellationToken));
        }

        Assert.Equal(index.Main.Count + index.Fork.Count, records.Count);
        Assert.Equal(
            index.Tips.Select(t => t.HeaderHash).Order(),
            stored.Tips.Select(t => t.ToString()).Order());
    }
}
