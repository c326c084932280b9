using Chia.Grains.Tests.Support;
using Chia.Grains.Work;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Work;

public class PeerAccessTests
{
    [Theory]
    [InlineData("", "127.0.0.1", true)]
    [InlineData("", "::1", true)]
    [InlineData("", "192.0.2.7", false)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7, 192.0.2.9", "::ffff:192.0.2.9", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("any", "192.0.2.8", true)]
    public void Who_is_let_in(string setting, string host, bool isAdmitted)
    {
        Assert.True(PeerAccess.TryParse(setting, out var access));
        var peer = TestPeers.Connection(Role.Timelord, Role.FullNode, "peer") with { RemoteHost = host };
        Assert.Equal(isAdmitted, access.Admits(peer));
    }

    [Fact]
    public void What_the_configuration_names_is_let_in() =>
        Assert.True(PeerAccess.Configured.Admits(
            TestPeers.Connection(Role.Farmer, Role.FullNode, "peer") with { RemoteHost = "192.0.2.7", IsConfigured = true }));

    [Fact]
    public void Nonsense_is_no_setting() => Assert.False(PeerAccess.TryParse("everybody!", out _));
}
