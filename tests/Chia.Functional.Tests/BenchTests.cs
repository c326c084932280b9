using System.Globalization;
using System.Text.RegularExpressions;
using Chia.Functional.Tests.Support;

namespace Chia.Functional.Tests;

/// <summary><c>chia bench</c>: that every measurement runs and prints its figures beside the reference's. How large they are is not tested.</summary>
public sealed class BenchTests
{
    [Theory]
    [InlineData("bls", "sign", "ms")]
    [InlineData("vdf", "proof of witness type 2", "ms")]
    [InlineData("pospace", "verify without", "us")]
    [InlineData("timelord", "squarings, one thread", "iterations/s")]
    public async Task A_kernel_is_measured(string what, string row, string unit)
    {
        var result = (await ChiaProcess.Run("bench", what, "--seconds", "0.01")).MustSucceed();

        Assert.All(FiguresOf(result.Output, row, unit), figure => Assert.True(figure > 0));
    }

    [Fact]
    public async Task A_plot_is_made_and_asked()
    {
        var result = (await ChiaProcess.Run("bench", "plot", "-k", "15", "--seconds", "0.01")).MustSucceed();

        Assert.True(FiguresOf(result.Output, "full proof", "ms")[0] > 0);
    }

    [Fact]
    public async Task A_chain_is_validated_by_one_thread_and_by_several()
    {
        var chain = VectorChain.Fast;

        var result = (await ChiaProcess.Run(
            "bench", "validate", "--blocks", chain.BlocksFile, "--network", chain.NetworkFile, "--threads", "2", "--seconds", "0.2")).MustSucceed();

        Assert.True(FiguresOf(result.Output, "1 thread", "blocks/s")[0] > 0);
        Assert.True(FiguresOf(result.Output, "2 threads", "blocks/s")[0] > 0);
    }

    [Fact]
    public async Task A_chain_is_synced()
    {
        var chain = VectorChain.Small;

        var result = (await ChiaProcess.Run(
            "bench", "sync", "--blocks", chain.BlocksFile, "--network", chain.NetworkFile, "--limit", "10")).MustSucceed();

        Assert.Contains(": 10 blocks", result.Output, StringComparison.Ordinal);
        Assert.True(FiguresOf(result.Output, "blocks, validated and stored", "blocks/s")[0] > 0);
    }

    [Theory]
    [InlineData("bls", "--seconds", "0")]
    [InlineData("validate", "--threads", "0")]
    [InlineData("validate", "--blocks", "there-is-no-such-file")]
    [InlineData("validate", "--network", "testnet")]
    [InlineData("sync", "--limit", "-1")]
    [InlineData("plot", "-k", "14")]
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
