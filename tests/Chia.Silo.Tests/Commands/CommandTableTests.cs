using Chia.Silo.Commands;

namespace Chia.Silo.Tests.Commands;

/// <summary>A line that names a command makes that one alone: it is found by the name it goes by.</summary>
public sealed class CommandTableTests
{
    [Fact]
    public void Every_command_goes_by_the_name_it_is_listed_under() =>
        Assert.All(ChiaCommand.Commands, command => Assert.Equal(command.Name, command.Create().Name));

    [Fact]
    public void A_line_that_names_a_command_makes_no_other() =>
        Assert.Equal(["keys"], ChiaCommand.Parse(["keys", "show"]).RootCommandResult.Command.Subcommands.Select(c => c.Name));

    [Theory]
    [InlineData("--help")]
    [InlineData("no-such")]
    public void Any_other_line_knows_all_commands(string word) => Assert.Equal(
        ChiaCommand.Commands.Select(command => command.Name),
        ChiaCommand.Parse([word]).RootCommandResult.Command.Subcommands.Select(c => c.Name));
}
