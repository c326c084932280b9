using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chia.Functional.Tests.Support;
using Chia.Testing;

namespace Chia.Functional.Tests.Network;

/// <summary><c>chia simulate</c> from its first start, with small discriminants: those of 1024 bits are what the tests of proofs of time
/// are for.</summary>
public partial class SimulateTests
{
    /// <summary>Plots that are made in seconds and suffice for a proof to nearly every challenge.</summary>
    private static readonly string[] Small =
    [
        "--k", "17", "--plots", "8", "--nodes", "2", "--block-time", "2", "--rpc-port", "0",
        "--set", "constants.discriminant_size_bits=256", "--set", "constants.vdf_ips_starting=20000",
    ];

    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task It_ends_at_the_height_goes_on_from_there_and_is_interrupted()
    {
        using var folder = new TempFolder();
        var first = (await Simulate(folder, "--blocks", "2")).MustSucceed();
        var (block, height) = Agreed(first);
        Assert.Equal(2, height);
        Assert.Contains("genesis", first.Output);
        var log = await File.ReadAllTextAsync(folder.File("simulation.log"), TestContext.Current.CancellationToken);
        Assert.False(FaultLine().IsMatch(log), log);

        // The chain is still there, and nothing is made anew.
        await using var running = ChiaProcess.Start(["simulate", "--root", folder.Path, .. Small]);
        await WaitFor(running, () => Heights(running.Output).Any(h => h > height));
        Assert.DoesNotContain("genesis", running.Output);
        Assert.All(Heights(running.Output), h => Assert.True(h >= height, "it began anew"));
        Assert.Equal(height, await HeightOf(block, running.Output));
        Assert.Contains("another simulation", (await Simulate(folder, "--blocks", "3")).MustComplain());
        running.Interrupt();
        Assert.Equal(0, await running.WaitForExit());
        Assert.DoesNotContain("Unhandled", running.Error);

        var late = (await Simulate(folder, "--blocks", "1000000", "--timeout", "1")).Must(1);
        Assert.Contains("height 1000000 was not reached", late.Error);
        Assert.True(Heights(late.Output).Max() >= Heights(running.Output).Max(), "it forgot what it had before it was interrupted");
    }

    [Fact]
    public async Task It_is_interrupted_while_it_makes_plots_and_goes_on_with_them()
    {
        using var folder = new TempFolder();
        await using (var running = ChiaProcess.Start("simulate", "--root", folder.Path, "--k", "17", "--plots", "500"))
        {
            await WaitFor(
                running, () => Directory.Exists(folder.File("plots")) && Directory.GetFiles(folder.File("plots"), "*.dat").Length >= 2);
            running.Interrupt();
            Assert.Equal(0, await running.WaitForExit());
        }

        var left = Directory.GetFiles(folder.File("plots"));
        Assert.All(left, file => Assert.EndsWith(".dat", file));
        Assert.InRange(left.Length, 2, 499);
        (await ChiaProcess.Run("plots", "check", "-n", "5", "--root", folder.Path)).MustSucceed();
    }

    /// <summary>Nodes stop and start for minutes.</summary>
    [Fact]
    public async Task Nodes_that_are_stopped_and_started_all_the_time_converge()
    {
        LongTest.SkipUnlessWanted();
        using var folder = new TempFolder();
        await using var running = ChiaProcess.Start(
            ["simulate", "--root", folder.Path, "--k", "17", "--plots", "8", "--nodes", "3", "--block-time", "3", "--kill-test",
                "--blocks", "60", "--timeout", "900"]);
        var exit = await running.WaitForExit(TimeSpan.FromMinutes(16));
        Assert.True(exit == 0, running.Output + running.Error);
        Assert.True(Regex.Count(running.Output, "is started again") >= 3, running.Output);
    }

    private static async Task<ChiaResult> Simulate(TempFolder folder, params string[] more)
    {
        await using var process = ChiaProcess.Start(["simulate", "--root", folder.Path, .. Small, .. more]);
        return new ChiaResult(await process.WaitForExit(Minutes), process.Output, process.Error);
    }

    /// <summary>What the last line says.</summary>
    private static (string Block, int Height) Agreed(ChiaResult result)
    {
        var match = LastLine().Match(result.Output.TrimEnd().Split('\n')[^1]);
        Assert.True(match.Success, result.Output);
        return (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>Heights that nodes had, by what was printed.</summary>
    private static int[] Heights(string output) =>
        [.. NodeLine().Matches(output).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];

    /// <summary>The height of a block as the first node says it, which need not have it in its chain any more.</summary>
    private static async Task<int> HeightOf(string block, string output)
    {
        using var client = new HttpClient { BaseAddress = new Uri(PageLine().Match(output).Groups[1].Value) };
        var answer = await client.GetStringAsync($"api/v1/blocks/{block}", TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("height").GetInt32();
    }

    private static async Task WaitFor(ChiaProcess process, Func<bool> isTrue)
    {
        await Wait().Within("what the simulation is to print or make", Minutes);

        async Task<bool> Wait()
        {
            while (!isTrue())
            {
                Assert.False(process.HasExited, process.Output + process.Error);
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }

            return true;
        }
    }

    [GeneratedRegex("^all 2 nodes have block ([0-9a-f]{64}) at height ([0-9]+)$")]
    private static partial Regex LastLine();

    /// <summary>A line that looks like a fault: an ordinary start and stop have none (OPERATIONS 5).</summary>
    [GeneratedRegex("^[^ ]+Z (error|critical|crit|fail) ", RegexOptions.Multiline)]
    private static partial Regex FaultLine();

    [GeneratedRegex(": page (http://[^ ]+)$", RegexOptions.Multiline)]
    private static partial Regex PageLine();

    [GeneratedRegex("^node-[0-9]: .* height=([0-9]+) ", RegexOptions.Multiline)]
    private static partial Regex NodeLine();
}
