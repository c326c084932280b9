using Chia.Silo.Networks;

namespace Chia.Silo.Tests.Networks;

/// <summary>An id names a folder and is no path.</summary>
public sealed class NetworkIdTests
{
    [Theory]
    [InlineData("testnet")]
    [InlineData("simulation-0a1b2c3d")]
    [InlineData("my_net.2")]
    public void Names_are_ids(string id) => Assert.True(NetworkFile.IsNetworkId(id));

    [Theory]
    [InlineData("../../x")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("-rf")]
    [InlineData("a/b")]
    [InlineData(@"a\b")]
    [InlineData("a b")]
    [InlineData("a\u001b[2J")]
    [InlineData("ä")]
    [InlineData("")]
    public void Paths_are_not(string id)
    {
        Assert.False(NetworkFile.IsNetworkId(id));
        Assert.Contains(
            "network_id",
            Assert.Throws<UserException>(
            () => NetworkFile.Parse($"network_id: \"{id.Replace("\\", "\\\\").Replace("\u001b", "\\e")}\"\n", "x")).Message);
    }

    [Fact]
    public void Ids_are_short() => Assert.False(NetworkFile.IsNetworkId(new string('a', 65)));
}
