using System.CommandLine;
using Chia.Silo.Commands;

namespace Chia.Silo.Tests.Commands;

/// <summary>A group of commands that is given alone names them.</summary>
public sealed class CommandGroupTests
{
    public static TheoryData<string> Groups => [.. All("", Root()).Where(c => IsGroup(c.Command)).Select(c => c.Path)];

    [Fact]
    public void They_are_found() => Assert.Superset(
        new HashSet<string> { "cluster", "config", "db", "farm", "keys", "network", "peers", "plots" },
        Groups.Select(row => row.Data).ToHashSet());

    [Fact]
    public void What_is_no_group_does_something() =>
        Assert.All(All("", Root()).Where(c => !IsGroup(c.Command)), c => Assert.NotNull(c.Command.Action));

    [Theory]
    [MemberData(nameof(Groups))]
    public async Task One_alone_names_its_commands_and_where_help_is(string path)
    {
        var line = Complaint(path);
        var group = ChiaCommand.Parse(path.Split(' ')).CommandResult.Command;

        Assert.NotEmpty(group.Subcommands);
        Assert.All(group.Subcommands, command => Assert.Matches($@"needs a command:.* {command.Name}[, ]", line));
        Assert.EndsWith($"(see: chia {path} --help)", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        Assert.Equal(ChiaCommand.UsageExitCode, await ChiaCommand.Run(path.Split(' ')));
    }

    [Theory]
    [InlineData("peers --json", "'chia peers' needs a command: list, ")]
    [InlineData("peers --rpc=http://127.0.0.1:1", "'chia peers' needs a command: list, ")]
    [InlineData("peers --frobnicate", "'chia peers' has no option --frobnicate (see: chia peers --help)")]
    [InlineData("peers -x", "'chia peers' has no option -x (see: chia peers --help)")]
    [InlineData("peers lst", "did you mean 'chia peers list'?")]
    [InlineData("peers frobnicate", "there is no command 'peers frobnicate' (see: chia peers --help)")]
    [InlineData("bench --jsn", "'chia bench' has no option --jsn: did you mean --json?")]
    [InlineData("--frobnicate", "'chia' has no option --frobnicate (see: chia --help)")]
    public void With_something_else_it_says_what_that_is(string line, string said) =>
        Assert.Contains(said, Complaint(line), StringComparison.Ordinal);

    private static string Complaint(string line) => ChiaCommand.Complaint(ChiaCommand.Parse(line.Split(' ')));

    private static Command Root() => ChiaCommand.Parse(["--help"]).RootCommandResult.Command;

    private static bool IsGroup(Command command) => command is { Subcommands.Count: > 0, Action: null };

    private static IEnumerable<(string Path, Command Command)> All(string path, Command command) => command.Subcommands.SelectMany(
        sub => All($"{path}{sub.Name} ", sub).Prepend((path + sub.Name, sub)));
}
