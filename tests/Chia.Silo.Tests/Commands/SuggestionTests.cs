using Chia.Silo.Commands;

namespace Chia.Silo.Tests.Commands;

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
}
