using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Chia.Functional.Tests.Support;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Testing;

namespace Chia.Functional.Tests;

/// <summary>A node as its operator runs it: one of several on a machine, with a log file, a changed configuration, a token (OPERATIONS 2,
/// 3, 5).</summary>
public sealed class OperateTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    private static readonly HttpClient Http = new() { Timeout = Deadline.Length };

    [Fact]
    public async Task One_of_several_nodes_is_found_by_its_instance_and_goes_by_its_changed_configuration()
    {
        using var folder = new TempFolder();
        var instance = FreeInstance();
        (string, string)[] here = [("CHIA_ROOT", folder.File("node"))];
        string[] which = ["--instance", instance.ToString(CultureInfo.InvariantCulture)];
        await using var node = ChiaProcess.StartWith(
            here,
            ["start", "introducer", .. which, "--set", "dashboard=true", "--log-format", "json", "--log-file", folder.File("chia.log")]);
        var url = $"http://127.0.0.1:{8555 + (10 * instance)}";
        Assert.Equal($"ready port={8445 + (10 * instance)} rpc={url}", await node.WaitUntilReady());

        // The dashboard is there where it was asked for; its own files too.
        Assert.Contains("<html", await Http.GetStringAsync(new Uri(new Uri(url), "/orleans/"), TestContext.Current.CancellationToken));

        var configuration = Path.Combine(folder.File($"node-{instance}"), "config.yaml");
        await File.WriteAllTextAsync(configuration, "log_level: loud\n", TestContext.Current.CancellationToken);
        await Until(() => Task.FromResult(node.Error.Contains("line 1: log_level must be", StringComparison.Ordinal)));
        await File.WriteAllTextAsync(configuration, "log_levels: Chia.Sync=debug\n", TestContext.Current.CancellationToken);
        await Until(async () => (await Levels(url)).TryGetProperty("Chia.Sync", out var level) && level.GetString() == "debug");

        // By the folder, and by the port where the folder is another one.
        (string, string)[] elsewhere = [("CHIA_ROOT", folder.File("elsewhere"))];
        await using var byFolder = ChiaProcess.StartWith([.. here, ("CHIA_LOGLEVEL", "debug")], ["status", "--json", .. which]);
        await using var byPort = ChiaProcess.StartWith(elsewhere, ["show", "--json", .. which]);
        Assert.Equal(0, await byFolder.WaitForExit());
        Assert.Equal(0, await byPort.WaitForExit());
        Assert.Contains("\"idle\"", byFolder.Output, StringComparison.Ordinal);
        Assert.Equal("chia: nothing reads the environment variable CHIA_LOGLEVEL: did you mean CHIA_LOG_LEVEL?", byFolder.Error.Trim());
        Assert.Contains("\"idle\"", byPort.Output, StringComparison.Ordinal);
        await using var stop = ChiaProcess.StartWith(elsewhere, ["stop", .. which]);
        Assert.Equal(0, await stop.WaitForExit());
        Assert.Equal(0, await node.WaitForExit());

        var lines = await File.ReadAllLinesAsync(folder.File("chia.log"), TestContext.Current.CancellationToken);
        Assert.All(
            lines, line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", Parsed(line).GetProperty("time").GetString()));
        // Of two that are logged at one moment the file and the terminal may take either first.
        var said = node.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Message);
        Assert.Equal(lines.Select(Message).Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
        Assert.Single(lines, line => Parsed(line).GetProperty("level").GetString() is not ("information" or "debug"));
    }

    /// <summary>One whose ports, 8445 and 8555 and ten more for each instance, lie in a run that nobody else is given.</summary>
    private static int FreeInstance()
    {
        while (true)
        {
            if ((FreePorts.FindRun(120) - 8445 + 9) / 10 is var instance and <= Instance.Most)
                return instance;
        }
    }

    [Fact]
    public async Task An_api_that_others_reach_wants_its_token()
    {
        using var folder = new TempFolder();
        var refused = await ChiaProcess.Run("start", "introducer", "--root", folder.Path, "--set", "rpc_host=*", "--port", "0");
        Assert.Contains("rpc_token_file", refused.MustComplain(), StringComparison.Ordinal);

        await using var node = ChiaProcess.StartWith(
            ("CHIA_RPC_TOKEN", Token), "start", "introducer", "--root", folder.Path, "--set", "rpc_host=*", "--rpc-port", "0", "--host",
            "127.0.0.1", "--port", "0");
        var url = (await node.WaitUntilReady()).Split("rpc=")[1];

        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(url, null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Ask(url, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Ask(url, Token, path: "/orleans")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Ask(url, Token, "http://evil.example")).StatusCode);
        await using var without = ChiaProcess.StartWith(("CHIA_RPC_TOKEN", ""), "status", "--rpc", url);
        Assert.Equal(2, await without.WaitForExit());
        Assert.Contains("--token-file", without.Error, StringComparison.Ordinal);
        await using var with = ChiaProcess.StartWith(("CHIA_RPC_TOKEN", Token), "stop", "--root", folder.Path);
        Assert.Equal(0, await with.WaitForExit());
        Assert.Equal(0, await node.WaitForExit());
    }

    [Fact]
    public async Task A_node_whose_terminal_is_closed_stops_in_order_and_says_so()
    {
        using var folder = new TempFolder();
        await using var node = ChiaProcess.Start(
            "start", "introducer", "--root", folder.Path, "--host", "127.0.0.1", "--port", "0", "--rpc-port", "0");
        await node.WaitUntilReady();
        node.HangUp();
        Assert.Equal(0, await node.WaitForExit());
        Assert.Matches(@"stopped after \d\d:\d\d:\d\d\z", node.Output.TrimEnd());
        Assert.DoesNotContain(node.Error.Split('\n'), line => line.Contains(" warn ", StringComparison.Ordinal));
        Assert.False(File.Exists(folder.File("rpc.url")));
    }

    [Fact]
    public async Task Keys_are_read_from_where_they_are_mounted()
    {
        using var folder = new TempFolder();
        (string, string)[] mounted = [("CHIA_KEYS_FILE", folder.File("secret.yaml"))];
        await using var generate = ChiaProcess.StartWith(mounted, "keys", "generate", "--root", folder.Sub("root"));
        Assert.Equal(0, await generate.WaitForExit());
        Assert.True(File.Exists(folder.File("secret.yaml")));
        Assert.Empty(Directory.GetFiles(folder.Sub("root")));
        await using var show = ChiaProcess.StartWith(mounted, "keys", "show", "--root", folder.Sub("root"));
        Assert.Equal(0, await show.WaitForExit());
        Assert.Equal(generate.Output, show.Output);
    }

    [Fact]
    public async Task An_older_configuration_is_rewritten_and_kept()
    {
        using var folder = new TempFolder();
        const string old = "# mine\nnetwork_id: testnet\nrpc_port: 0\n";
        await File.WriteAllTextAsync(folder.File("config.yaml"), old, TestContext.Current.CancellationToken);

        var check = await ChiaProcess.Run("config", "check", "--root", folder.Path);
        Assert.Contains("line 2: unknown key 'network_id'", check.MustComplain(), StringComparison.Ordinal);
        (await ChiaProcess.Run("config", "upgrade", "--root", folder.Path)).MustSucceed();
        (await ChiaProcess.Run("config", "check", "--root", folder.Path)).MustSucceed();
        Assert.Equal("# mine\nnetwork: testnet\nrpc_port: 8555\n", await Read(folder.File("config.yaml")));
        Assert.Equal(old, await Read(folder.File("config.yaml.old")));
    }

    private static Task<string> Read(string path) => File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

    private static async Task<HttpResponseMessage> Ask(
        string url, string? token, string? origin = null, string path = "/api/v1/status")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(url), path));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<JsonElement> Levels(string url)
    {
        var text = await Http.GetStringAsync(new Uri(new Uri(url), "/api/v1/log-level"), TestContext.Current.CancellationToken);
        return Parsed(text).GetProperty("levels");
    }

    private static string? Message(string line) => Parsed(line).GetProperty("message").GetString();

    private static JsonElement Parsed(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    private static async Task Until(Func<Task<bool>> isSo)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Deadline.Length)
                throw new TimeoutException();
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
