using System.Text.Json;
using Chia.Functional.Tests.Support;
using Chia.Testing;

namespace Chia.Functional.Tests.Stores;

/// <summary><c>chia db export</c>, <c>verify</c>, <c>rewind</c>, and <c>show</c> of a store at rest.</summary>
public class DbMaintenanceTests
{
    private static readonly ChainVectors Chain = ChainVectors.Small;

    [Fact]
    public async Task An_export_is_byte_for_byte_what_was_imported()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main);
        var result = (await Db("export", folder.File("all.bin"), folder.Path)).MustSucceed();
        Assert.Equal("41", result["exported"]);
        Assert.Equal(await Bytes(Chain.BlocksFile), await Bytes(folder.File("all.bin")));

        (await Db("export", folder.File("some.bin"), folder.Path, "--from", "11", "--to", "20")).MustSucceed();
        (await Db("import", folder.File("some.bin"), folder.Path)).MustSucceed();
        Assert.Equal(
            await Bytes(Archives.Write(folder.File("expected.bin"), Chain.Main.Skip(11).Take(10))), await Bytes(folder.File("some.bin")));
    }

    [Fact]
    public async Task A_rewound_store_is_sound_and_grows_again()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, [.. Chain.Main, .. Chain.Branch]);
        var rewound = (await Db("rewind", "28", folder.Path)).MustSucceed();
        Assert.Equal("28", rewound["height"]);
        Assert.Equal(Chain.Main[28].HeaderHash().ToString(), rewound["tip"]);
        var weights = JsonDocument.Parse((await ChiaProcess.Run("show", "--json", "--root", folder.Path)).MustSucceed().Output).RootElement
            .GetProperty("tips").EnumerateArray().Select(tip => tip.GetProperty("weight").GetUInt64()).ToList();
        Assert.Equal(weights.OrderDescending(), weights);
        var verified = (await Db("verify", null, folder.Path)).MustSucceed();
        Assert.Equal("28", verified["height"]);
        Assert.Equal("28", verified["last_good_height"]);
        Assert.Equal("0", verified["faults"]);
        var again = (await Db("import", Chain.BlocksFile, folder.Path)).MustSucceed();
        Assert.Equal("12", again["imported"]);
        Assert.Equal("40", again["height"]);
    }

    [Fact]
    public async Task A_damaged_block_is_found_and_the_way_back_is_named()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main);
        var witness = Chain.Main[17].HeaderBlock.ProofOfTime!.Witness;
        var file = await Bytes(folder.File("blocks.db"));
        var at = file.AsSpan().IndexOf(witness.Span[..32]);
        Assert.True(at > 0, "the block is not where it was looked for");
        file[at] ^= 1;
        await File.WriteAllBytesAsync(folder.File("blocks.db"), file, TestContext.Current.CancellationToken);

        var verified = (await Db("verify", null, folder.Path)).Must(1);
        Assert.Equal("16", verified["last_good_height"]);
        Assert.Contains("chia db rewind 16", verified.Error);
        (await Db("rewind", "16", folder.Path)).MustSucceed();
        (await Db("verify", null, folder.Path)).MustSucceed();
        (await Db("import", Chain.BlocksFile, folder.Path)).MustSucceed();
    }

    private static Task<byte[]> Bytes(string file) => File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

    private static Task<ChiaResult> Db(string command, string? argument, string root, params string[] more) =>
        ChiaProcess.Run(
            ["db", command, .. argument is null
            ? Array.Empty<string>()
            : [argument], "--network", Chain.NetworkFile, "--root", root, .. more]);
}
