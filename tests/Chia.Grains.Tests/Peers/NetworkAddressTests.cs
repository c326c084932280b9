using System.Net;
using Chia.GrainInterfaces.Peers;

namespace Chia.Grains.Tests.Peers;

/// <summary>One spelling for each address, and what it leads to (DECISIONS 21).</summary>
public sealed class NetworkAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.1", "127.0.0.1")]
    [InlineData("2130706433", "127.0.0.1")]
    [InlineData("0x7f000001", "127.0.0.1")]
    [InlineData("0177.0.0.1", "127.0.0.1")]
    [InlineData("127.0.1", "127.0.0.1")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1")]
    [InlineData("::ffff:7f00:1", "127.0.0.1")]
    [InlineData("0:0:0:0:0:ffff:127.0.0.1", "127.0.0.1")]
    [InlineData("2001:DB8:0::1", "2001:db8::1")]
    [InlineData("fe80::1%3", "fe80::1")]
    [InlineData("LOCALHOST", "localhost")]
    [InlineData("localhost.", "localhost")]
    [InlineData("Node.Example.ORG", "node.example.org")]
    [InlineData("", null)]
    [InlineData("no host", null)]
    [InlineData("höst", null)]
    public void A_host_has_one_spelling(string host, string? canonical) => Assert.Equal(canonical, NetworkAddress.CanonicalHost(host));

    [Theory]
    [InlineData("8.8.8.8", AddressScope.Public)]
    [InlineData("172.32.0.1", AddressScope.Public)]
    [InlineData("2a00:1450::1", AddressScope.Public)]
    [InlineData("10.1.2.3", AddressScope.Site)]
    [InlineData("172.16.0.1", AddressScope.Site)]
    [InlineData("172.31.255.255", AddressScope.Site)]
    [InlineData("192.168.1.1", AddressScope.Site)]
    [InlineData("::ffff:192.168.1.1", AddressScope.Site)]
    [InlineData("fd00::1", AddressScope.Site)]
    [InlineData("127.0.0.1", AddressScope.Loopback)]
    [InlineData("127.255.0.9", AddressScope.Loopback)]
    [InlineData("::1", AddressScope.Loopback)]
    [InlineData("::ffff:127.0.0.1", AddressScope.Loopback)]
    [InlineData("169.254.1.1", AddressScope.Special)]
    [InlineData("100.64.0.1", AddressScope.Special)]
    [InlineData("192.0.0.8", AddressScope.Special)]
    [InlineData("192.0.2.1", AddressScope.Special)]
    [InlineData("198.18.0.1", AddressScope.Special)]
    [InlineData("198.51.100.1", AddressScope.Special)]
    [InlineData("203.0.113.1", AddressScope.Special)]
    [InlineData("224.0.0.1", AddressScope.Special)]
    [InlineData("255.255.255.255", AddressScope.Special)]
    [InlineData("0.0.0.0", AddressScope.Special)]
    [InlineData("::", AddressScope.Special)]
    [InlineData("::7f00:1", AddressScope.Special)]
    [InlineData("fe80::1", AddressScope.Special)]
    [InlineData("fec0::1", AddressScope.Special)]
    [InlineData("ff02::1", AddressScope.Special)]
    [InlineData("64:ff9b::7f00:1", AddressScope.Special)]
    [InlineData("64:ff9b:1::1", AddressScope.Special)]
    [InlineData("100::1", AddressScope.Special)]
    [InlineData("2001::1", AddressScope.Special)]
    [InlineData("2001:2::1", AddressScope.Special)]
    [InlineData("2001:10::1", AddressScope.Special)]
    [InlineData("2001:db8::1", AddressScope.Special)]
    [InlineData("2002:7f00:1::1", AddressScope.Special)]
    [InlineData("3fff::1", AddressScope.Special)]
    public void An_address_reaches_so_far(string address, AddressScope scope) =>
        Assert.Equal(scope, NetworkAddress.ScopeOf(IPAddress.Parse(address)));

    [Fact]
    public void Addresses_are_counted_by_what_one_host_cannot_vary_at_will()
    {
        Assert.Equal(Source("2a00:1:2:3::1"), Source("2a00:1:2:3:ffff::2"));
        Assert.NotEqual(Source("2a00:1:2:3::1"), Source("2a00:1:2:4::1"));
        Assert.Equal(Source("8.8.8.8"), Source("::ffff:8.8.8.8"));
        Assert.NotEqual(Source("8.8.8.8"), Source("8.8.8.9"));
        Assert.Equal(Group("8.8.8.8"), Group("8.8.200.9"));
        Assert.NotEqual(Group("8.8.8.8"), Group("8.9.8.8"));
        Assert.Equal(Group("2a00:1:2::1"), Group("2a00:1:ffff::1"));
        Assert.NotEqual(Group("2a00:1::1"), Group("2a00:2::1"));

        static IPAddress Source(string address) => NetworkAddress.Source(IPAddress.Parse(address));

        static IPAddress Group(string address) => NetworkAddress.Group(IPAddress.Parse(address));
    }
}
