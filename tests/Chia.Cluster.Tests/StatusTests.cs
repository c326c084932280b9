using System.Text.Json;
using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Support;
using Chia.Silo.Hosting;
using Chia.Testing;

namespace Chia.Cluster.Tests;

/// <summary>What a cluster tells of itself, and what is done to it as a whole.</summary>
public class StatusTests
{
    [Fact]
    public async Task Status_names_silos_roles_gateways_singletons_and_drain_ends_a_silo()
    {
        await using var cluster = await TestCluster.Create(ChainVectors.Small);
        var chain = await cluster.StartSilo("--roles", "chain");
        var other = await cluster.StartSilo("--roles", "chain,validator");
        await cluster.StartGateway();
        JsonElement report = default;
        await Poll.Until(async () =>
        {
            if (await Report(cluster) is not (0, { } found))
                return false;
            report = found;
            // The sync follows its chain, wherever it came to life.
            var homes = found.GetProperty("singletons").EnumerateArray()
                .ToDictionary(s => s.GetProperty("kind").GetString()!, s => s.GetProperty("silo").GetString());
            return homes.Values.All(home => home is not null) && homes["chain"] == homes["sync"]
                && found.GetProperty("gateways").GetArrayLength() > 0;
        });
        Assert.Equal(
            ["silo1 active chain", "silo2 active chain,validator"],
            report.GetProperty("silos").EnumerateArray()
                .Select(
                s => $"{s.GetProperty("name")} {s.GetProperty("status")} {string.Join(',', s.GetProperty("roles").EnumerateArray())}"));
        var of = report.GetProperty("singletons").EnumerateArray().ToDictionary(s => s.GetProperty("kind").GetString()!);
        var epoch = of["chain"].GetProperty("epoch").GetInt64();
        Assert.InRange(epoch, 1, long.MaxValue);
        Assert.Single(report.GetProperty("gateways").EnumerateArray());

        // Another cluster in the same database, whose node has the same name, would take the chain away from this one.
        var file = await File.ReadAllTextAsync(cluster.ClusterFile, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            cluster.File("other.yaml"), file.Replace("id: test", "id: other", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        var refused = await ChiaProcess.Run("silo", "--cluster", cluster.File("other.yaml"), "--instance", "9");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("are those of cluster test, which runs", refused.Error, StringComparison.Ordinal);

        // The silo of the chain is told to hand over: the chain lives on the other, under the next epoch.
        var (leaving, staying) = of["chain"].GetProperty("silo").GetString() == "silo1" ? (chain, other) : (other, chain);
        var drained = await ChiaProcess.Run("cluster", "drain", leaving.Name, "--cluster", cluster.ClusterFile, "--json");
        Assert.Equal(0, drained.ExitCode);
        using (var handedOver = JsonDocument.Parse(drained.Output))
            Assert.Equal(leaving.Name, handedOver.RootElement.GetProperty("silo").GetString());
        Assert.Equal(0, await leaving.Process.WaitForExit());
        await Poll.Until(async () => await Report(cluster) is (_, { } found)
            && found.GetProperty("singletons").EnumerateArray().First(s => s.GetProperty("kind").GetString() == "chain") is var now
            && now.GetProperty("silo").GetString() == staying.Name && now.GetProperty("epoch").GetInt64() > epoch);
    }

    [Fact]
    public async Task A_cluster_of_which_no_silo_runs_is_said_so_with_exit_code_3()
    {
        await using var cluster = await TestCluster.Create(ChainVectors.Small);
        var result = await ChiaProcess.Run("cluster", "status", "--cluster", cluster.ClusterFile);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("no silo of cluster test answers", result.Error, StringComparison.Ordinal);
    }

    /// <summary>Its row says that it lives, as that of one too busy to answer; nothing listens at its port.</summary>
    [Fact]
    public async Task Of_silos_that_were_alive_a_moment_ago_it_is_not_said_that_none_runs()
    {
        await using var cluster = await TestCluster.Create(ChainVectors.Small);
        var silo = await cluster.StartSilo();
        await silo.Process.KillHard();
        var result = await ChiaProcess.Run("cluster", "status", "--cluster", cluster.ClusterFile);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("one was alive within the last minute: ask again", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_has_not_reached_its_cluster_says_so_at_once_and_tells_its_log()
    {
        await using var cluster = await TestCluster.Create(ChainVectors.Small);
        var port = FreePorts.FindRun(1);
        await using var gateway = ChiaProcess.Start("gateway", "--cluster", cluster.ClusterFile, "--http-port", $"{port}");
        var address = $"http://127.0.0.1:{port}";
        await Poll.Until(
            async () => (await ChiaProcess.Run("logs", "--rpc", address)).Output.Contains("looked for", StringComparison.Ordinal));
        var status = await ChiaProcess.Run("status", "--rpc", address);
        Assert.Equal(1, status.ExitCode);
        Assert.Contains("has not reached cluster test yet", status.Error, StringComparison.Ordinal);
    }

    /// <summary>The exit code, and the report if there is one just now.</summary>
    private static async Task<(int ExitCode, JsonElement? Report)> Report(TestCluster cluster)
    {
        var result = await ChiaProcess.Run("cluster", "status", "--cluster", cluster.ClusterFile, "--json");
        if (result.Output.Length == 0)
            return (result.ExitCode, null);
        using var json = JsonDocument.Parse(result.Output);
        return (result.ExitCode, json.RootElement.Clone());
    }
}
