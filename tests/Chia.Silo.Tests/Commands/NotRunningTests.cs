using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Chia.Silo.Api;
using Chia.Silo.Commands;
using Chia.Testing;

namespace Chia.Silo.Tests.Commands;

/// <summary>Every command that asks a node ends with exit code 3 where none runs (docs/operations.md, "Command line").</summary>
public sealed class NotRunningTests
{
    /// <summary>What the commands cannot do without, besides where to ask.</summary>
    private static readonly Dictionary<string, string[]> Arguments = new()
    {
        ["block"] = ["tip"],
        ["peers add"] = ["127.0.0.1:8444"],
        ["peers remove"] = ["0011223344556677"],
        ["peers ban"] = ["203.0.113.5"],
        ["peers unban"] = ["203.0.113.5"],
    };

    public static TheoryData<string> Asking => [.. Leaves("", ChiaCommand.Parse(["--help"]).RootCommandResult.Command)];

    [Fact]
    public void They_are_found() => Assert.Superset(
        new HashSet<string> { "show", "status", "stop", "block", "peers list", "farm summary", "watch", "logs", "log-level" },
        Asking.Select(row => row.Data).ToHashSet());

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task Nobody_listens_at_the_address(string command)
    {
        using var held = DeadPort();
        Assert.Equal(ApiClient.NotRunning, await Run(command, "--rpc", $"http://{held.LocalEndPoint}"));
    }

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task Nobody_runs_in_the_folder(string command)
    {
        using var folder = new TempFolder();

        // What a store says of a node that does not run is an answer; where there is none, there is something to mend.
        Assert.Equal(
            command == "show" ? ChiaCommand.UsageExitCode : ApiClient.NotRunning, await Run(command, "--root", folder.Path));
    }

    private static Task<int> Run(string command, params string[] where) =>
        ChiaCommand.Run([.. command.Split(' '), .. Arguments.GetValueOrDefault(command, []), .. where]);

    private static IEnumerable<string> Leaves(string path, Command command) => command.Subcommands.SelectMany(
        sub => sub.Subcommands.Count > 0 ? Leaves($"{path}{sub.Name} ", sub)
            : sub.Options.Any(option => option.Name == "--rpc") ? [path + sub.Name] : []);

    /// <summary>A port that was free a moment ago.</summary>
    /// <summary>Held, so that nobody else is given its port, and not listened on.</summary>
    private static Socket DeadPort()
    {
        var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return held;
    }
}
