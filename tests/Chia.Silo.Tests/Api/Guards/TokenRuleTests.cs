using System.Net;
using System.Text;
using Chia.Silo.Api.Guards;

namespace Chia.Silo.Tests.Api.Guards;

/// <summary>Who may ask where other machines can (OPERATIONS 3).</summary>
public sealed class TokenRuleTests
{
    private static readonly TokenRule Rule = new("secret");

    [Fact]
    public void Whoever_knows_the_token_may_ask()
    {
        Assert.Null(Rule.Refusal("Bearer secret"));
        Assert.Null(Rule.Refusal("bearer  secret "));
        Assert.Null(Rule.Refusal(Basic("anybody:secret")));
    }

    [Fact]
    public void Nobody_else_may()
    {
        string?[] others =
            [null, "", "secret", "Bearer", "Bearer ", "Bearer secret2", "Bearer SECRET", "Basic secret", "Basic ???", Basic("secret"),
            Basic("secret:")];

        Assert.All(others, other => Assert.Contains("token is missing or wrong", Rule.Refusal(other), StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_token_nobody_may_and_is_told_why()
    {
        Assert.Contains("api_token_file", new TokenRule("").Refusal("Bearer "), StringComparison.Ordinal);
        Assert.Contains("api_token_file", new TokenRule("").Refusal(Basic(":")), StringComparison.Ordinal);
    }

    [Fact]
    public void On_loopback_the_rule_is_that_of_this_machines_pages()
    {
        Assert.Equal(SameHostOnly.Check, TokenRule.For(IPAddress.Loopback, ""));
        Assert.NotEqual(SameHostOnly.Check, TokenRule.For(IPAddress.Any, ""));
        Assert.NotEqual(SameHostOnly.Check, TokenRule.For(IPAddress.IPv6Any, "secret"));
    }

    /// <summary>A browser sends a password that it knows whoever's page asks.</summary>
    [Theory]
    [InlineData("http://node.example:8555", "node.example:8555", true)]
    [InlineData("http://NODE.example:8555", "node.example:8555", true)]
    [InlineData("https://node.example", "node.example", true)]
    [InlineData("http://[2001:db8::1]:8555", "[2001:db8::1]:8555", true)]
    [InlineData("http://node.example:8556", "node.example:8555", false)]
    [InlineData("http://evil.example:8555", "node.example:8555", false)]
    [InlineData("null", "node.example:8555", false)]
    public void Only_its_own_page_may_ask(string origin, string host, bool may) =>
        Assert.Equal(may, TokenRule.IsSamePlace(origin, new Microsoft.AspNetCore.Http.HostString(host)));

    private static string Basic(string text) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}";
}
