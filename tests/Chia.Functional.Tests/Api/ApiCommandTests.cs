using System.Text.Json;
using Chia.Functional.Tests.Support;
using Chia.Silo.Commands;
using Chia.Testing;

namespace Chia.Functional.Tests.Api;

/// <summary>The command line over the API, as processes (OPERATIONS 2).</summary>
public sealed class ApiCommandTests
{
    private static ChainVectors Chain => ChainVectors.Small;

    [Fact]
    public async Task A_node_answers_the_commands()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main);
        await using var node = await RunningNodes.Start(Chain, folder.Path, _ => { });
        var block = Chain.Main[7].HeaderHash().ToString();

        var results = await Task.WhenAll(
            Ask(node.RpcUrl, "status", "--json"),
            Ask(node.RpcUrl, "block", "7"),
            Ask(node.RpcUrl, "block", "tip", "--json"),
            Ask(node.RpcUrl, "block", block, "--verify"),
            Ask(node.RpcUrl, "block", "7", "--hex"),
            Ask(node.RpcUrl, "block", "999"),
            Ask(node.RpcUrl, "peers", "list"),
            Ask(node.RpcUrl, "peers", "ban", "203.0.113.5", "--for", "90s"),
            Ask(node.RpcUrl, "log-level", "Chia.Gateway=debug"),
            Ask(node.RpcUrl, "logs", "--lines", "500"),
            Ask(node.RpcUrl, "farm", "summary"),
            Ask(node.RpcUrl, "status", "--wait", "height=40"),
            Ask(node.RpcUrl, "status", "--max-tip-age", "60"),
            Ask(node.RpcUrl, "show"));

        var status = JsonDocument.Parse(results[0].Must(1).Output).RootElement;
        Assert.Equal("no_peers", status.GetProperty("state").GetString());
        Assert.Equal(40, status.GetProperty("tip").GetProperty("height").GetInt32());
        Assert.Contains(block, results[1].Must(0).Output);
        Assert.All(results[1].Output.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
        Assert.Equal(40, JsonDocument.Parse(results[2].Must(0).Output).RootElement.GetProperty("height").GetInt32());
        Assert.Contains("block 7 is valid", results[3].Must(0).Output);
        Assert.Matches("^[0-9a-f]{1000,}\r?\n$", results[4].Must(0).Output);
        Assert.Contains("the heaviest tip has 40", results[5].Must(1).Error);
        Assert.Contains("ROLE", results[6].Must(0).Output);
        Assert.Contains("is kept out for", results[7].Must(0).Output);
        Assert.Contains("Chia.Gateway=debug", results[8].Must(0).Output);
        Assert.Contains("Chain loaded", results[9].Must(0).Output);
        Assert.Contains("is no farmer", results[10].Must(1).Error);
        Assert.Contains("height 40", results[11].Must(0).Output);
        Assert.Contains("more than 00:01:00", results[12].Must(1).Error);
        Assert.All(results[13].Must(0).Output.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Fact]
    public async Task Where_no_node_runs_a_command_says_so()
    {
        using var folder = new TempFolder();
        var results = await Task.WhenAll(
            ChiaProcess.Run("block", "tip", "--root", folder.Path),
            ChiaProcess.Run("status", "--rpc", "http://127.0.0.1:1"),
            ChiaProcess.Run("peers", "list", "--rpc", "nonsense"),
            ChiaProcess.Run("stop", "--root", folder.Path));
        Assert.Contains("no node runs in ", results[0].Must(3).Error);
        Assert.Contains("no node answers", results[1].Must(3).Error);
        Assert.Contains("'nonsense' is no address", results[2].Must(2).Error);
        Assert.Contains("no node runs in ", results[3].Must(3).Error);
    }

    [Fact]
    public async Task The_program_alone_says_with_what_one_begins()
    {
        var help = (await ChiaProcess.Run()).Must(0);
        Assert.All(
            ["chia simulate", "chia keys generate", "chia plots create", "chia start", "chia show"],
            command => Assert.Contains(command, help.Output, StringComparison.Ordinal));
        Assert.Empty(help.Error);
        Assert.Contains("did you mean 'chia status'?", (await ChiaProcess.Run("statsu")).Must(2).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task A_completion_script_is_printed_as_its_shell_reads_it(string shell)
    {
        var result = await ChiaProcess.Run("completion", shell);
        Assert.Equal(CompletionCommand.ScriptOf(shell) + Environment.NewLine, result.Must(0).Output);
    }

    private static Task<ChiaResult> Ask(string rpc, params string[] arguments) => ChiaProcess.Run([.. arguments, "--rpc", rpc]);
}
