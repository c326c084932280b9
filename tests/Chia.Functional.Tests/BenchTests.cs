using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chia.Functional.Tests.Support;
using Chia.Testing;

namespace Chia.Functional.Tests;

/// <summary><c>chia bench</c>: that every measurement runs and prints its figures beside the reference's. How large they are is not
/// tested.</summary>
public sealed class BenchTests
{
    /// <summary>Without a name all of the first are measured, by the same code as with one.</summary>
    [Theory]
    [InlineData("", "sign: ms", "proof of witness type 2: ms", "verify without: us", "1 thread: blocks/s")]
    [InlineData("timelord", "squarings, one thread: iterations/s")]
    public async Task Kernels_are_measured(string what, params string[] rows)
    {
        string[] name = what.Length > 0 ? [what] : [];
        var result = (await ChiaProcess.Run(["bench", .. name, "--seconds", "0.01"])).MustSucceed();

        foreach (var row in rows.Select(r => r.Split(": ")))
            Assert.All(FiguresOf(result.Output, row[0], row[1]), figure => Assert.True(figure > 0));
    }

    [Fact]
    public async Task A_plot_is_made_and_asked()
    {
        var result = (await ChiaProcess.Run(
            "bench", "plot", "-k", "15", "--threads", "2", "--memory", "1", "--seconds", "0.01")).MustSucceed();

        Assert.True(FiguresOf(result.Output, "threads for one: 2", "x")[0] > 0);
        Assert.True(FiguresOf(result.Output, "full proof", "ms")[0] > 0);
        Assert.True(FiguresOf(result.Output, "temporary file, for want of memory", "MB")[0] > 0);
    }

    [Fact]
    public async Task A_chain_is_validated_by_one_thread_and_by_several()
    {
        var chain = ChainVectors.Fast;

        var result = (await ChiaProcess.Run(
            "bench", "validate", "--blocks", chain.BlocksFile, "--network", chain.NetworkFile, "--threads", "2", "--seconds", "0.2"))
                .MustSucceed();

        Assert.True(FiguresOf(result.Output, "1 thread", "blocks/s")[0] > 0);
        Assert.True(FiguresOf(result.Output, "2 threads", "blocks/s")[0] > 0);
    }

    /// <summary>Ten blocks are hardly ahead: they are taken one by one, and no sync begins (SYNC.md 3).</summary>
    [Theory, InlineData("10"), InlineData("30")]
    public async Task A_chain_is_synced(string blocks)
    {
        var chain = ChainVectors.Small;

        var result = (await ChiaProcess.Run(
            "bench", "sync", "--blocks", chain.BlocksFile, "--network", chain.NetworkFile, "--limit", blocks, "--seconds", "0.1"))
            .MustSucceed();

        Assert.Contains($": {blocks} blocks", result.Output, StringComparison.Ordinal);
        var whole = FiguresOf(result.Output, "blocks, validated and stored", "blocks/s")[0];
        Assert.True(whole > 0);
        Assert.True(FiguresOf(result.Output, "the same from ready on", "blocks/s")[0] > whole);
        Assert.True(FiguresOf(result.Output, "warm sync", "blocks/s")[0] > 0);
        Assert.True(FiguresOf(result.Output, "cold sync, of the rate of validation alone", "%")[0] > 0);
    }

    [Fact]
    public async Task A_node_is_started()
    {
        var result = (await ChiaProcess.Run("bench", "start", "--starts", "1", "--blocks", "2500", "--idle", "0")).MustSucceed();

        Assert.Contains("with 2,500 blocks", result.Output, StringComparison.Ordinal);
        Assert.True(FiguresOf(result.Output, "processor time to ready, least", "ms")[0] > 0);
        Assert.True(FiguresOf(result.Output, "resident memory at ready, median", "MB")[0] > 0);
        Assert.True(FiguresOf(result.Output, "live heap of a block", "B")[0] > 0);
    }

    [Fact]
    public async Task A_harvester_is_asked_in_all_its_plots()
    {
        var result = (await ChiaProcess.Run("bench", "harvester", "--plots", "3", "--folders", "2", "--idle", "0")).MustSucceed();

        Assert.True(FiguresOf(result.Output, "all opened, and the first challenge answered", "ms")[0] > 0);
        Assert.True(FiguresOf(result.Output, "the same, processor time", "ms")[0] > 0);
        Assert.True(FiguresOf(result.Output, "reads of a plot and of sockets, for each plot", "reads")[0] >= 8);
    }

    [Fact]
    public async Task Peers_are_held_and_told_blocks()
    {
        var chain = ChainVectors.Small;

        var result = (await ChiaProcess.Run(
            "bench", "gateway", "--blocks", chain.BlocksFile, "--network", chain.NetworkFile, "--peers", "20", "--seconds", "0.01"))
            .MustSucceed();

        Assert.Equal(20, FiguresOf(result.Output, "peers held", "peers")[0]);
        Assert.True(FiguresOf(result.Output, "a block to 20 peers, its validation included, processor", "ms")[0] > 0);
        Assert.True(FiguresOf(result.Output, "processor time of all threads, answer included", "us")[0] > 0);
    }

    [Fact]
    public async Task Figures_are_kept_as_json_and_compared_with_later_ones()
    {
        using var folder = new TempFolder();
        var result = (await ChiaProcess.Run("bench", "pospace", "--seconds", "0.01", "--json")).MustSucceed();
        using var json = JsonDocument.Parse(result.Output);
        var figures = json.RootElement.EnumerateArray().ToList();
        Assert.All(figures, f => Assert.True(f.GetProperty("value").GetDouble() > 0));

        // Times that nothing can be slower than, and times that everything is slower than.
        await File.WriteAllTextAsync(folder.File("slow.json"), Scaled(figures, 1000), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("fast.json"), Scaled(figures, 0.001), TestContext.Current.CancellationToken);
        var better = (await ChiaProcess.Run("bench", "pospace", "--seconds", "0.01", "--against", folder.File("slow.json"))).MustSucceed();
        Assert.Contains("against the earlier run", better.Output, StringComparison.Ordinal);
        var worse = await ChiaProcess.Run("bench", "pospace", "--seconds", "0.01", "--against", folder.File("fast.json"));
        Assert.Equal(1, worse.ExitCode);
        Assert.Contains("slower than it was", worse.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.File("other.json"), "{}", TestContext.Current.CancellationToken);
        (await ChiaProcess.Run("bench", "pospace", "--against", folder.File("other.json"))).MustComplain();
    }

    private static string Scaled(IEnumerable<JsonElement> figures, double factor) => JsonSerializer.Serialize(figures.Select(f => new
    {
        table = f.GetProperty("table").GetString(),
        what = f.GetProperty("what").GetString(),
        value = f.GetProperty("value").GetDouble() * factor,
        unit = f.GetProperty("unit").GetString(),
    }));

    [Fact]
    public async Task Goals_stand_in_one_table_beside_anchors()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder.File("anchors.json"), """[{"table":"theirs","what":"verify one signature","value":9000,"unit":"ms"}]""",
            TestContext.Current.CancellationToken);
        string[] measured = ["bench", "table", "bls", "timelord", "--seconds", "0.01", "--anchors", folder.File("anchors.json")];
        var json = (await ChiaProcess.Run([.. measured, "--json"])).MustSucceed();
        await File.WriteAllTextAsync(folder.File("before.json"), json.Output, TestContext.Current.CancellationToken);
        using var figures = JsonDocument.Parse(json.Output);
        var verify = figures.RootElement.EnumerateArray().Single(f => f.GetProperty("what").GetString() == "verify one signature");
        Assert.Equal(10_000, verify.GetProperty("goal").GetDouble());

        var table = await ChiaProcess.Run([.. measured, "--against", folder.File("before.json")]);
        Assert.Matches(@"verify one signature +[\d.,]+ +≤ 10,000 +ms +yes +theirs 9,000 +[\d.,]+x", table.Output);
        Assert.Matches(@"squarings with their proof +[\d.,]+ +≥ 192,000 +/s", table.Output);
        Assert.Matches(@"\d+ of \d+ goals reached", table.Output);
        Assert.Contains("goals: sign", table.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("table", "--anchors", "there-is-no-such-file")]
    [InlineData("bls", "--seconds", "0")]
    [InlineData("validate", "--threads", "0")]
    [InlineData("validate", "--blocks", "there-is-no-such-file")]
    [InlineData("validate", "--network", "testnet")]
    [InlineData("sync", "--limit", "-1")]
    [InlineData("gateway", "--peers", "1")]
    [InlineData("plot", "-k", "14")]
    [InlineData("plot", "--memory", "0")]
    [InlineData("start", "--blocks", "-1")]
    [InlineData("harvester", "--plots", "0")]
    [InlineData("harvester", "--folders", "2000")]
    public async Task Wrong_usage_is_said_in_one_line(string what, string option, string value)
    {
        var result = await ChiaProcess.Run("bench", what, option, value);

        result.MustComplain();
    }

    /// <summary>The measured figures of the rows with this name, one of each table.</summary>
    private static List<double> FiguresOf(string output, string row, string unit)
    {
        var rows = output.Split('\n').Where(line => line.StartsWith(row + " ", StringComparison.Ordinal));
        var figures = rows.Select(line => Regex.Match(line[row.Length..], $@"^\s+([\d,.]+) {Regex.Escape(unit)}(\s|$)"))
            .Where(m => m.Success)
            .Select(m => double.Parse(m.Groups[1].Value, NumberStyles.Number, CultureInfo.InvariantCulture))
            .ToList();
        Assert.NotEmpty(figures);
        return figures;
    }
}
