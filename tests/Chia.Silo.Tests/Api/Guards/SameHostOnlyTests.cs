using Chia.Silo.Api.Guards;
using Microsoft.AspNetCore.Http;

namespace Chia.Silo.Tests.Api.Guards;

/// <summary>Neither a name that is made to lead here nor another site's page reaches the node.</summary>
public sealed class SameHostOnlyTests
{
    [Theory]
    [InlineData("127.0.0.1:8555", "")]
    [InlineData("localhost:8555", "")]
    [InlineData("[::1]:8555", "")]
    [InlineData("127.0.0.1", "")]
    [InlineData("localhost:8555", "http://localhost:8555")]
    [InlineData("127.0.0.1:8555", "http://127.0.0.1:8555")]
    public void This_machine_may_ask(string host, string origin) => Assert.Null(SameHostOnly.Refusal(new HostString(host), origin));

    [Theory]
    [InlineData("evil.example:8555", "")]
    [InlineData("localhost.evil.example:8555", "")]
    [InlineData("10.0.0.1:8555", "")]
    [InlineData("127.0.0.1.evil.example", "")]
    [InlineData("", "")]
    [InlineData("127.0.0.1:8555", "http://evil.example")]
    [InlineData("127.0.0.1:8555", "null")]
    [InlineData("127.0.0.1:8555", "https://127.0.0.1:8555")]
    [InlineData("127.0.0.1:8555", "http://127.0.0.1:9999")]
    [InlineData("127.0.0.1:8555", "http://evil.example:8555")]
    public void Others_may_not(string host, string origin) => Assert.NotNull(SameHostOnly.Refusal(new HostString(host), origin));
}
