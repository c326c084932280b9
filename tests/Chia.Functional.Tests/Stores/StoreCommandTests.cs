using System.Text.Json;
using Chia.Functional.Tests.Support;
using Chia.Testing;
using Microsoft.Data.Sqlite;

namespace Chia.Functional.Tests.Stores;

/// <summary>Commands about a store need to be told nothing that the store says itself, and leave nothing behind.</summary>
public class StoreCommandTests
{
    private static readonly ChainVectors Chain = ChainVectors.Small;

    [Fact]
    public async Task A_store_names_its_network()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main);

        Assert.Contains("40", (await ChiaProcess.Run("show", "--root", folder.Path)).MustSucceed().Output, StringComparison.Ordinal);
        using var stats = Json(await ChiaProcess.Run("db", "stats", "--root", folder.Path, "--json"));
        Assert.Equal(Chain.Network.NetworkId, stats.RootElement.GetProperty("network").GetString());
        Assert.Equal(41, stats.RootElement.GetProperty("blocks").GetInt64());

        // Its rules are in no file here: what can be looked at is, and the rest is said.
        using var report = Json(await ChiaProcess.Run("db", "verify", "--root", folder.Path, "--json"));
        Assert.Equal(40, report.RootElement.GetProperty("last_good_height").GetInt64());
        Assert.Contains(
            "rules", Assert.Single(report.RootElement.GetProperty("not_covered").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Contains(
            "--network", (await ChiaProcess.Run("db", "rewind", "10", "--root", folder.Path)).Must(2).Error, StringComparison.Ordinal);

        // With the network's file beside it nothing is missing.
        File.Copy(Chain.NetworkFile, folder.File("network.yaml"));
        Assert.Empty((await ChiaProcess.Run("db", "verify", "--root", folder.Path)).MustSucceed().Error);
        Assert.Equal("30", (await ChiaProcess.Run("db", "rewind", "30", "--root", folder.Path)).MustSucceed()["height"]);
        using var space = Json(await ChiaProcess.Run("netspace", "--root", folder.Path, "--json"));
        Assert.Equal(30, space.RootElement.GetProperty("blocks").GetInt64());
        Assert.InRange(
            space.RootElement.GetProperty("netspace_bytes").GetDouble(), space.RootElement.GetProperty("low_bytes")
            .GetDouble(), space.RootElement.GetProperty("high_bytes").GetDouble());
    }

    [Fact]
    public async Task An_import_that_was_a_mistake_leaves_nothing_behind()
    {
        using var folder = new TempFolder();
        var root = Path.Combine(folder.Path, "other");

        // Nobody said of which network: it would be the built-in one's, and the file's is another.
        var wrong = (await ChiaProcess.Run("db", "import", Chain.BlocksFile, "--root", root)).Must(2);
        Assert.Contains("--network", wrong.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(root));

        var gap = Archives.Write(folder.File("gap.bin"), Chain.Main.Skip(12).Take(3));
        (await ChiaProcess.Run("db", "import", gap, "--root", root)).Must(1);
        Assert.False(Directory.Exists(root));

        // What only reads makes no folder.
        (await ChiaProcess.Run("show", "--root", root)).Must(2);
        (await ChiaProcess.Run("db", "verify", "--root", root)).Must(2);
        Assert.False(Directory.Exists(root));
    }

    [Fact]
    public async Task A_table_of_blocks_goes_to_a_file_or_to_standard_output()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, [.. Chain.Main, .. Chain.Branch]);

        Assert.Equal(
            "5", (await ChiaProcess.Run(
            "db", "export", folder.File("some.csv"), "--format", "csv", "--from", "3", "--to", "7", "--root", folder.Path))
            .MustSucceed()["exported"]);
        var rows = await File.ReadAllLinesAsync(folder.File("some.csv"), TestContext.Current.CancellationToken);
        Assert.StartsWith("height,header_hash,", rows[0], StringComparison.Ordinal);
        Assert.Equal(6, rows.Length);

        var lines = (await ChiaProcess.Run("db", "export", "-", "--format", "jsonl", "--all-branches", "--root", folder.Path))
            .MustSucceed().Output.TrimEnd().Split('\n');
        Assert.Equal(Chain.Main.Count + Chain.Branch.Count, lines.Length);
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public async Task A_store_on_a_medium_that_cannot_be_written_is_verified_and_shown()
    {
        using var disk = SmallDisk.Mount(16 << 20);
        await RunningNodes.Fill(Chain, disk.Path, Chain.Main);
        File.Copy(Chain.NetworkFile, Path.Combine(disk.Path, "network.yaml"));
        disk.MakeReadOnly();

        var verified = (await ChiaProcess.Run("db", "verify", "--root", disk.Path)).MustSucceed();
        Assert.Equal("40", verified["last_good_height"]);
        Assert.Equal("41", (await ChiaProcess.Run("db", "stats", "--root", disk.Path)).MustSucceed()["blocks"]);
        (await ChiaProcess.Run("show", "--root", disk.Path)).MustSucceed();
        Assert.Contains(
            "cannot be used", (await ChiaProcess.Run("db", "rewind", "20", "--root", disk.Path)).Must(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anothers_store_is_verified_without_the_right_to_write_it()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux()
            && Environment.IsPrivilegedProcess, "another user's rights are NOT TESTED here: only root may take them");
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main);
        File.Copy(Chain.NetworkFile, folder.File("network.yaml"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.Path, (UnixFileMode)0b101_101_101);

        var verified = (await ChiaProcess.RunAs(65534, "db", "verify", "--root", folder.Path)).MustSucceed();
        Assert.Equal("40", verified["last_good_height"]);
        Assert.Equal("41", (await ChiaProcess.RunAs(65534, "db", "stats", "--root", folder.Path)).MustSucceed()["blocks"]);
        (await ChiaProcess.RunAs(65534, "show", "--root", folder.Path)).MustSucceed();
    }

    /// <summary>What the store's opening does not look at is met by the chain's grain, and by whoever asks for a block: Orleans wrote
    /// fifty lines of the first, and each question for the second wrote its way through the program.</summary>
    [Fact]
    public async Task Damage_that_a_node_meets_is_said_in_a_line_and_never_served()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main);
        Change(folder.File("blocks.db"), "UPDATE block SET bytes = zeroblob(100) WHERE id = 11");
        await using (var node = await NodeProcess.Start(Chain, folder.Path, "--introducer", "none"))
        {
            using var http = new HttpClient { Timeout = Deadline.Length };
            foreach (var part in new[] { "", "/raw" })
            {
                using var answer =
                    await http.GetAsync(new Uri(node.Rpc, $"/api/v1/blocks/10{part}"), TestContext.Current.CancellationToken);
                Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                var problem = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                Assert.Contains("chia db verify", problem, StringComparison.Ordinal);
            }

            node.Process.Terminate();
            Assert.Equal(0, await node.Process.WaitForExit());
            Assert.All(
                node.Process.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                line => Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T", line));
        }

        Change(folder.File("blocks.db"), "ALTER TABLE tip RENAME COLUMN header_hash TO other");
        var refused = await ChiaProcess.Run(
            "start", "full_node", "--network", Chain.NetworkFile, "--root", folder.Path, "--host", "127.0.0.1", "--port", "0",
            "--introducer", "none", "--rpc-port", "0");
        Assert.Contains("chia db verify", refused.MustComplain(), StringComparison.Ordinal);
    }

    private static void Change(string store, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={store};Pooling=False");
        connection.Open();
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static JsonDocument Json(ChiaResult result) => JsonDocument.Parse(result.MustSucceed().Output);
}
