using System.Text;
using Chia.Silo.Api;
using Chia.Silo.Status;

namespace Chia.Silo.Tests.Api;

/// <summary>Another program's answer is no status.</summary>
public sealed class ApiClientTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("""{"status": null}""")]
    [InlineData("""{"status": "synced", "network": "x", "peers": [null]}""")]
    public void What_is_no_status_is_none(string json) => Assert.Null(Parse(json));

    [Fact]
    public void Any_depth_is_no_status() => Assert.Null(Parse(new string('[', 1_000_000)));

    private static NodeStatus? Parse(string json) => ApiClient.TryParse(Encoding.UTF8.GetBytes(json), StatusJson.Default.NodeStatus);
}
