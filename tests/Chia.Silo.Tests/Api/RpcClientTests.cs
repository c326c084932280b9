using System.Text;
using Chia.Silo.Api;

namespace Chia.Silo.Tests.Api;

/// <summary>Another program's answer is no status.</summary>
public sealed class RpcClientTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("""{"status": null}""")]
    [InlineData("""{"status": "synced", "network": "x", "peers": [null]}""")]
    public void What_is_no_status_is_none(string json) => Assert.Null(RpcClient.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Any_depth_is_no_status() => Assert.Null(RpcClient.Parse(Encoding.UTF8.GetBytes(new string('[', 1_000_000))));
}
