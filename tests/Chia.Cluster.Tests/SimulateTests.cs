using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Support;
using Chia.Silo.Node;
using Chia.Silo.Simulation;
using Chia.Silo.Simulation.Clusters;
using Chia.Storage.Postgres;
using Chia.Storage.Providers;
using Chia.Testing;

namespace Chia.Cluster.Tests;

/// <summary><c>chia simulate --cluster</c>: a farmed network whose full nodes live on silos and gateways that it starts itself, on a
/// PostgreSQL server that it starts itself.</summary>
public sealed partial class SimulateTests
{
    private static readonly HttpClient Http = new() { Timeout = Deadline.Length };

    [Fact]
    public async Task It_farms_on_a_cluster_takes_all_processes_along_when_it_is_killed_and_goes_on_with_its_chains()
    {
        SkipWithoutPostgres();
        using var folder = new TempFolder();
        Dictionary<string, int> reached;
        await using (var running = Start(folder, "--silos", "2", "--gateways", "2"))
        {
            await Poll.Until(
                () => Task.FromResult(Heights(running) is { Count: 2 } heights && heights.Values.All(of => of.Max() > 0)),
                () => running.Error);
            var page = Page().Match(running.Output).Value + "/";
            await Poll.Until(async () => (await Get(page, "api/v1/cluster?node=node-2")).GetProperty("gateways").GetArrayLength() == 2);
            Assert.Equal(2, (await Get(page, "api/v1/cluster")).GetProperty("silos").GetArrayLength());
            var hosts = (await Get(page, "api/v1/simulation")).GetProperty("hosts").EnumerateArray()
                .Select(host => host.GetProperty("name").GetString());
            Assert.Equal(["introducer", "silo-1", "silo-2", "gateway-1", "gateway-2", "farmer", "harvester", "timelord"], hosts);
            Assert.Contains("Dashboard", await Http.GetStringAsync(new Uri(page + "orleans"), TestContext.Current.CancellationToken));

            // What PostgreSQL's server has just begun goes by the server's name for a moment.
            await Poll.Until(() => Task.FromResult(ProcessesOf(folder)
                .Count(l => l.Contains(" silo ") || l.Contains(" gateway ") || l.Contains("postgres -D")) == 5));
            Kill(ProcessesOf(folder).Single(line => line.Contains("--name silo-2")));
            await Poll.Until(() => Task.FromResult(running.Output.Contains("silo-2 has ended by itself")), () => running.Output);
            reached = Heights(running).ToDictionary(node => node.Key, node => node.Value.Max());
            await running.KillHard();
        }

        await Poll.Until(() => Task.FromResult(ProcessesOf(folder).Count == 0));
        await using var again = Start(
            folder, "--silos", "1", "--gateways", "1", "--blocks", Text(reached.Values.Max() + 1), "--timeout", "240",
            "--save", folder.File("saved.tgz"));
        Assert.True(await again.WaitForExit(TimeSpan.FromMinutes(5)) == 0, again.Output + again.Error);
        Assert.All(Heights(again), node => Assert.True(node.Value.Min() >= reached[node.Key], $"{node.Key} began anew"));
        Assert.Contains("all 2 nodes have block", again.Output);
        Assert.Empty(ProcessesOf(folder));

        // What is saved goes on without a cluster: chains in files, and nothing of the database.
        var loaded = folder.Sub("loaded");
        SimulationArchive.Load(folder.File("saved.tgz"), loaded);
        Assert.False(Directory.Exists(Path.Combine(loaded, ClusterDatabase.Folder)));
        foreach (var (node, height) in reached)
        {
            await using var file = BlockStorePlace.At(NodePaths.StoreFile(Path.Combine(loaded, node)));
            var identity = Assert.Single(await file.GetNodes(TestContext.Current.CancellationToken)).Identity;
            await using var chain = await file.OpenReader(default, identity, TestContext.Current.CancellationToken);
            Assert.True((await chain.GetSummary(TestContext.Current.CancellationToken)).Tips.Max(tip => tip.Height) > height);
        }
    }

    [Fact]
    public async Task A_database_that_is_named_holds_the_chains_and_no_server_is_started()
    {
        SkipWithoutPostgres();
        using var folder = new TempFolder();
        var database = await DatabaseServer.CreateDatabase();
        await using var running = Start(
            folder, "--nodes", "1", "--silos", "1", "--gateways", "1", "--postgres", database, "--blocks", "1", "--timeout", "240");
        Assert.True(await running.WaitForExit(TimeSpan.FromMinutes(5)) == 0, running.Output + running.Error);
        Assert.False(Directory.Exists(folder.File(ClusterDatabase.Folder)));
        await using var store = BlockStorePlace.At(database);
        var node = Assert.Single(await store.GetNodes(TestContext.Current.CancellationToken));
        await using var chain = await store.OpenReader(node.Node, node.Identity, TestContext.Current.CancellationToken);
        Assert.True((await chain.GetSummary(TestContext.Current.CancellationToken)).Tips.Max(tip => tip.Height) >= 1);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_told_in_one_line()
    {
        using var folder = new TempFolder();
        var result = await ChiaProcess.Run(
            "simulate", "--cluster", "--root", folder.Path, "--postgres", "Host=127.0.0.1;Port=1;Username=x;Database=x");
        Assert.Contains("--postgres", result.MustComplain());
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    /// <summary>Takes four minutes: <c>dotnet run --project tests/Chia.Cluster.Tests -- -explicit only</c>.</summary>
    [Fact(Explicit = true)]
    public async Task Silos_and_gateways_are_killed_all_the_time_and_nothing_acknowledged_is_lost()
    {
        SkipWithoutPostgres();
        using var folder = new TempFolder();
        await using var running = Start(folder, "--kill-test", "--blocks", "100000", "--timeout", "240", "--seed", "8");
        Assert.Equal(1, await running.WaitForExit(TimeSpan.FromMinutes(7)));
        var verdict = Verdict().Match(running.Output);
        Assert.True(verdict.Success, running.Output + running.Error);
        Assert.InRange(int.Parse(verdict.Groups[1].Value, CultureInfo.InvariantCulture), 4, 12);
        Assert.Contains("silo-", string.Join('\n', running.Output.Split('\n').Where(line => line.EndsWith("is killed"))));
        Assert.Contains("gateway-", string.Join('\n', running.Output.Split('\n').Where(line => line.EndsWith("is killed"))));
    }

    private static ChiaProcess Start(TempFolder folder, params string[] more) => ChiaProcess.Start(
    [
        "simulate", "--cluster", "--root", folder.Path, "--k", "17", "--plots", "8", .. NodesUnless(more), "--block-time", "2",
        "--set", "constants.discriminant_size_bits=256", "--set", "constants.vdf_ips_starting=20000", "--rpc-port", "0", .. more,
    ]);

    private static string[] NodesUnless(string[] said) => said.Contains("--nodes") ? [] : ["--nodes", "2"];

    private static void SkipWithoutPostgres() => Assert.SkipWhen(
        PostgresPrograms.Folder is null, "simulate --cluster is NOT TESTED here: PostgreSQL's binaries are not installed");

    /// <summary>Heights that each node had, by what was printed.</summary>
    private static Dictionary<string, List<int>> Heights(ChiaProcess process) =>
        NodeLine().Matches(process.Output).GroupBy(m => m.Groups[1].Value)
            .ToDictionary(node => node.Key, node => node.Select(m => int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)).ToList());

    private static async Task<JsonElement> Get(string page, string path)
    {
        using var json = JsonDocument.Parse(await Http.GetStringAsync(new Uri(page + path), TestContext.Current.CancellationToken));
        return json.RootElement.Clone();
    }

    private static void Kill(string process)
    {
        using var killed = Process.GetProcessById(int.Parse(process.TrimStart().Split(' ')[0], CultureInfo.InvariantCulture));
        killed.Kill();
    }

    /// <summary>Numbers and command lines that name the folder: those of all that was started for it.</summary>
    private static List<string> ProcessesOf(TempFolder folder)
    {
        using var list = Process.Start(new ProcessStartInfo("ps", ["-eww", "-o", "pid=,args="]) { RedirectStandardOutput = true })!;
        return [.. list.StandardOutput.ReadToEnd().Split('\n').Where(line => line.Contains(folder.Path))];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"http://127\.0\.0\.1:[0-9]+")]
    private static partial Regex Page();

    [GeneratedRegex("^(node-[0-9]): .* height=([0-9]+) ", RegexOptions.Multiline)]
    private static partial Regex NodeLine();

    [GeneratedRegex("^kill test: ([0-9]+) killed, [0-9]+ looked at afterwards: nothing acknowledged was lost", RegexOptions.Multiline)]
    private static partial Regex Verdict();
}
