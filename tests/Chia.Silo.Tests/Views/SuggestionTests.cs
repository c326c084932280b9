using Chia.Silo.Commands;
using Chia.Silo.Views;

namespace Chia.Silo.Tests.Views;

public sealed class SuggestionTests
{
    private static readonly string[] Known = ["simulate", "start", "stop", "db", "show", "status"];

    [Theory]
    [InlineData("strat", "start")]
    [InlineData("simulat", "simulate")]
    [InlineData("shwo", "show")]
    [InlineData("stats", "status")]
    [InlineData("frobnicate", null)]
    [InlineData("", null)]
    [InlineData("x", null)]
    public void A_slip_is_understood(string word, string? meant) => Assert.Equal(meant, Suggestion.For(word, Known));

    [Theory]
    [InlineData("start full_node --prot 5", "did you mean --port?")]
    [InlineData("start full_node --prot=5", "did you mean --port?")]
    [InlineData("peers list --jsn", "did you mean --json?")]
    [InlineData("db export - --form csv", "has no option --form")]
    public void An_option_that_is_none_is_no_argument(string line, string said) =>
        Assert.Contains(said, ChiaCommand.Complaint(ChiaCommand.Parse(line.Split(' '))), StringComparison.Ordinal);
}
