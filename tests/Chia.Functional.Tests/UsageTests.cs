using System.Net;
using System.Net.Sockets;
using Chia.Functional.Tests.Support;
using Chia.Testing;

namespace Chia.Functional.Tests;

/// <summary>Exit code 2 and one clear line for what the user can put right.</summary>
public class UsageTests
{
    private static readonly ChainVectors Chain = ChainVectors.Small;

    [Theory]
    [InlineData("db import", "import")]
    [InlineData("db frobnicate", "frobnicate")]
    [InlineData("start full_node --network nowhere", "nowhere")]
    [InlineData("start full_node --connect nonsense", "nonsense")]
    [InlineData("start full_node --port 70000", "70000")]
    [InlineData("start full_node --until-height many", "many")]
    [InlineData("network show nowhere", "nowhere")]
    [InlineData("show --rpc nonsense", "nonsense")]
    [InlineData("show --rpc localhost:4000", "localhost:4000")]
    [InlineData("start full_node --timeout 5", "--until-height")]
    [InlineData("start full_node --until-height many --timeout 5", "a whole number")]
    [InlineData("start timelord --connect 127.0.0.1:1", "--connect goes with the role full_node only")]
    [InlineData("start farmer harvester --introducer none", "--introducer goes with the role full_node only")]
    [InlineData("start introducer --set timelord.slots=2", "timelord.slots goes with the role timelord only")]
    [InlineData("start full_node --set rpc_port=", "rpc_port must be a whole number")]
    [InlineData("simulate --timeout 5", "--blocks")]
    [InlineData("simulat", "did you mean 'chia simulate'")]
    [InlineData("start full_node --prot 5", "did you mean --port?")]
    [InlineData("status --jsn", "did you mean --json?")]
    [InlineData("show --frobnicate=1", "has no option --frobnicate")]
    [InlineData("plots chek", "did you mean 'chia plots check'")]
    public async Task Wrong_usage(string arguments, string named)
    {
        using var folder = new TempFolder();
        string[] root = arguments.Contains("full_node") ? ["--root", folder.Path] : [];
        var result = await ChiaProcess.Run([.. arguments.Split(' '), .. root]);
        Assert.Contains(named, result.MustComplain());
    }

    [Fact]
    public async Task A_table_in_a_pipe_has_no_colours_whatever_the_terminal_around_it()
    {
        using var folder = new TempFolder();
        (await ChiaProcess.Run(
            "db", "import", ChainVectors.Small.BlocksFile, "--network", ChainVectors.Small.NetworkFile, "--root", folder.Path))
            .MustSucceed();
        await using var show = ChiaProcess.StartWith(("TERM", "xterm-256color"), "show", "--root", folder.Path);

        Assert.Equal(0, await show.WaitForExit());
        Assert.Contains("height", show.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', show.Output);
    }

    /// <summary>A number that is closed at the start is taken by the next file that the runtime opens: it is neither read nor
    /// written.</summary>
    [Theory]
    [InlineData("db import - <&-", "standard input is closed")]
    [InlineData("db export - >&-", "standard output is closed")]
    public async Task What_is_closed_is_neither_waited_for_nor_written_to(string arguments, string named)
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("no shell of POSIX");
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main.Take(3));
        Assert.Equal(2, await ChiaProcess.RunInShell($"{arguments} --root {folder.Path} 2>{folder.File("error")}"));
        var lines = await File.ReadAllLinesAsync(folder.File("error"), TestContext.Current.CancellationToken);
        Assert.Contains(named, Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_or_a_store_that_is_not_there()
    {
        using var folder = new TempFolder();
        Assert.Contains("nothing.bin", (await Run("db", "import", folder.File("nothing.bin"), "--root", folder.Path)).MustComplain());
        Assert.Contains("no block store", (await Run("db", "verify", "--root", folder.Path)).MustComplain());
        Assert.Contains("no block store", (await Run("show", "--root", folder.Path)).MustComplain());
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main.Take(5));
        Assert.Contains("height 9", (await Run("db", "rewind", "9", "--root", folder.Path)).MustComplain());
        await File.WriteAllTextAsync(folder.File("there.bin"), "", TestContext.Current.CancellationToken);
        Assert.Contains("there.bin", (await Run("db", "export", folder.File("there.bin"), "--root", folder.Path)).MustComplain());
    }

    [Theory]
    [InlineData("start full_node --port 0")]
    [InlineData("show")]
    public async Task A_damaged_store(string arguments)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("blocks.db"), "this is no database", TestContext.Current.CancellationToken);
        Assert.Contains("blocks.db", (await Run([.. arguments.Split(' '), "--root", folder.Path])).MustComplain());
    }

    [Theory]
    [InlineData("start full_node --port 0")]
    [InlineData("show")]
    [InlineData("db verify")]
    [InlineData("db rewind 1")]
    public async Task A_store_of_another_network(string arguments)
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(ChainVectors.Real, folder.Path, ChainVectors.Real.Main.Take(2));
        Assert.Contains("belongs to", (await Run([.. arguments.Split(' '), "--root", folder.Path])).MustComplain());
    }

    [Fact]
    public async Task A_damaged_store_is_verified_to_its_end_and_its_faults_are_named()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("blocks.db"), "this is no database", TestContext.Current.CancellationToken);
        var result = (await Run("db", "verify", "--root", folder.Path)).Must(1);
        Assert.Equal("none", result["last_good_height"]);
        Assert.DoesNotContain("Unhandled", result.Error);
        Assert.Contains("not a database", result.Error);
    }

    [Fact]
    public async Task A_port_or_a_store_in_use()
    {
        using var folder = new TempFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var line = (await Run("start", "full_node", "--root", folder.Sub("a"), "--host", "127.0.0.1", "--port", $"{port}")).MustComplain();
        Assert.Contains($"{port}", line);
        Assert.Contains("in use", line);

        await using var node = await NodeProcess.Start(Chain, folder.Sub("b"));
        Assert.Contains("in use", (await Run("start", "full_node", "--root", folder.Sub("b"), "--port", "0")).MustComplain());
        Assert.Contains("in use", (await Run("db", "import", Chain.BlocksFile, "--root", folder.Sub("b"))).MustComplain());
    }

    [Fact]
    public async Task A_root_that_is_no_folder_or_an_address_that_is_none_of_the_machine()
    {
        using var folder = new TempFolder();
        var file = folder.File("file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        foreach (var root in new[] { file, Path.Combine(file, "within") })
            Assert.Contains(root, (await Run("start", "full_node", "--root", root, "--port", "0")).MustComplain());

        string[] elsewhere = ["start", "full_node", "--root", folder.Sub("a"), "--host", "203.0.113.9", "--port", "0"]; // RFC 5737
        Assert.Contains("no address 203.0.113.9", (await Run(elsewhere)).MustComplain());
    }

    [Fact]
    public async Task An_rpc_where_nobody_answers()
    {
        // Held, so that nobody else is given it, and not listened on.
        using var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var url = $"http://{held.LocalEndPoint}";
        Assert.Contains(url, (await ChiaProcess.Run("show", "--rpc", url)).Must(3).Error);
    }

    [Fact]
    public async Task A_value_may_begin_with_an_at_sign()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("args"), "--root\nelsewhere\n", TestContext.Current.CancellationToken);
        Assert.Contains("@", (await ChiaProcess.Run("keys", "generate", $"@{folder.File("args")}")).MustComplain());
        (await ChiaProcess.Run("init", "--root", folder.File("@farm"))).MustSucceed();
        Assert.True(File.Exists(folder.File("@farm/config.yaml")));
    }

    [Theory]
    [InlineData("2>&-", 2)]
    [InlineData(">&- 2>&-", 2)]
    [InlineData("<&- >&- 2>&-", 2)]
    [InlineData("2>/dev/full", 2)]
    public async Task Standard_error_that_is_closed_or_full_does_not_change_the_exit_code(string redirection, int exitCode) =>
        Assert.Equal(exitCode, await ChiaProcess.RunInShell($"network show nope {redirection}"));

    [Theory]
    [InlineData(">&-", 0)]
    [InlineData("2>&-", 0)]
    [InlineData(">/dev/full", 2)]
    public async Task A_result_that_cannot_be_written_is_an_error(string redirection, int exitCode) =>
        Assert.Equal(exitCode, await ChiaProcess.RunInShell($"network show testnet {redirection}"));

    [Fact]
    public async Task Alone_it_says_how_to_begin()
    {
        var result = (await ChiaProcess.Run()).MustSucceed();
        foreach (var command in new[] { "simulate", "keys generate", "plots create", "start", "show" })
            Assert.Contains($"chia {command}", result.Output);
    }

    [Fact]
    public async Task Another_program_s_answer_is_no_node_s()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var running = ChiaProcess.Run("show", "--rpc", url);
        using var asked = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await asked.GetStream().WriteAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray(),
            TestContext.Current.CancellationToken);
        Assert.Contains("no chia node", (await running).MustComplain());
    }

    [Fact]
    public async Task A_pipe_can_be_imported()
    {
        using var folder = new TempFolder();
        var import = $"db import - --network '{Chain.NetworkFile}' --root '{folder.Path}'";
        Assert.Equal(0, await ChiaProcess.RunInShell($"{import} < '{Chain.BlocksFile}' > '{folder.File("out")}'"));
        Assert.Contains("imported=", await File.ReadAllTextAsync(folder.File("out"), TestContext.Current.CancellationToken));
        var piped = $"network show testnet >/dev/null; cat '{Chain.BlocksFile}' | dotnet '{ChiaProcess.ProgramFile}' db import /dev/stdin";
        Assert.Equal(
            0, await ChiaProcess.RunInShell(
            $"{piped} --network '{Chain.NetworkFile}' --root '{folder.Sub("piped")}'", replaceShell: false));
    }

    [Fact]
    public async Task Networks_are_checked_and_compared_and_so_is_a_configuration()
    {
        using var folder = new TempFolder();
        Assert.Contains("ok", (await ChiaProcess.Run("network", "check", Chain.NetworkFile)).MustSucceed().Output);
        (await ChiaProcess.Run("network", "diff", Chain.NetworkFile, Chain.NetworkFile)).MustSucceed();
        Assert.Contains("genesis_block: ", (await ChiaProcess.Run("network", "diff", "testnet", Chain.NetworkFile)).Must(1).Output);

        await File.WriteAllTextAsync(folder.File("config.yaml"), "full_node:\n  port: 8555\n", TestContext.Current.CancellationToken);
        Assert.Contains("full_node.port=8555", (await ChiaProcess.Run("config", "check", "--root", folder.Path)).MustSucceed().Output);
        await File.WriteAllTextAsync(folder.File("config.yaml"), "full_node:\n  port: many\n", TestContext.Current.CancellationToken);
        Assert.Contains("line 2", (await ChiaProcess.Run("config", "check", "--root", folder.Path)).MustComplain());
    }

    private static Task<ChiaResult> Run(params string[] arguments) => ChiaProcess.Run([.. arguments, "--network", Chain.NetworkFile]);
}
