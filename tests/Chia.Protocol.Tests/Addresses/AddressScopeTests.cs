using Chia.Protocol.Addresses;

namespace Chia.Protocol.Tests.Addresses;

/// <summary>Special addresses, bare and carried by IPv6 (DECISIONS 21), and what counts as one network.</summary>
public sealed class AddressScopeTests
{
    [Theory]
    [InlineData("8.8.8.8", AddressScope.Public)]
    [InlineData("1.0.0.0", AddressScope.Public)]
    [InlineData("100.63.255.255", AddressScope.Public)]
    [InlineData("100.128.0.0", AddressScope.Public)]
    [InlineData("172.32.0.1", AddressScope.Public)]
    [InlineData("198.20.0.1", AddressScope.Public)]
    [InlineData("223.255.255.255", AddressScope.Public)]
    [InlineData("0.0.0.0", AddressScope.Unspecified)]
    [InlineData("0.1.2.3", AddressScope.Reserved)]
    [InlineData("10.1.2.3", AddressScope.Private)]
    [InlineData("172.16.0.1", AddressScope.Private)]
    [InlineData("172.31.255.255", AddressScope.Private)]
    [InlineData("192.168.1.1", AddressScope.Private)]
    [InlineData("100.64.0.1", AddressScope.Shared)]
    [InlineData("100.127.255.255", AddressScope.Shared)]
    [InlineData("127.255.255.254", AddressScope.Loopback)]
    [InlineData("169.254.1.1", AddressScope.LinkLocal)]
    [InlineData("192.0.0.1", AddressScope.Reserved)]
    [InlineData("192.0.2.1", AddressScope.Documentation)]
    [InlineData("198.51.100.1", AddressScope.Documentation)]
    [InlineData("203.0.113.1", AddressScope.Documentation)]
    [InlineData("192.88.99.1", AddressScope.Reserved)]
    [InlineData("198.18.0.1", AddressScope.Benchmarking)]
    [InlineData("198.19.255.255", AddressScope.Benchmarking)]
    [InlineData("224.0.0.1", AddressScope.Multicast)]
    [InlineData("239.255.255.255", AddressScope.Multicast)]
    [InlineData("240.0.0.1", AddressScope.Reserved)]
    [InlineData("255.255.255.255", AddressScope.Reserved)]
    public void IPv4_blocks_are_known_bare_and_carried(string host, AddressScope scope)
    {
        var carried = scope == AddressScope.Public ? AddressScope.Translated : scope;
        var b = System.Net.IPAddress.Parse(host).GetAddressBytes();
        string First(int mask) => $"{(b[0] << 8 | b[1]) ^ mask:x}:{(b[2] << 8 | b[3]) ^ mask:x}";

        Assert.Equal(scope, ScopeOf(host));
        Assert.Equal(scope, ScopeOf($"::ffff:{host}"));
        Assert.Equal(carried, ScopeOf($"::ffff:0:{host}"));
        Assert.Equal(carried, ScopeOf($"64:ff9b::{host}"));
        Assert.Equal(carried, ScopeOf($"2002:{First(0)}::1"));
        Assert.Equal(carried, ScopeOf($"2001:0:808:808::{First(0xFFFF)}"));
        Assert.Equal(scope == AddressScope.Unspecified ? scope : carried, ScopeOf($"::{host}"));
    }

    [Theory]
    [InlineData("2a00:1450::1", AddressScope.Public)]
    [InlineData("2001:200::1", AddressScope.Public)]
    [InlineData("3ffe::1", AddressScope.Public)]
    [InlineData("::", AddressScope.Unspecified)]
    [InlineData("::1", AddressScope.Loopback)]
    [InlineData("64:ff9b:1::1", AddressScope.Translated)]
    [InlineData("64:ff9b:2::1", AddressScope.Reserved)]
    [InlineData("100::1", AddressScope.Reserved)]
    [InlineData("2001:2::1", AddressScope.Benchmarking)]
    [InlineData("2001:10::1", AddressScope.Reserved)]
    [InlineData("2001:20::1", AddressScope.Reserved)]
    [InlineData("2001:db8::1", AddressScope.Documentation)]
    [InlineData("3fff:fff::1", AddressScope.Documentation)]
    [InlineData("3fff:1000::1", AddressScope.Public)]
    [InlineData("4000::1", AddressScope.Reserved)]
    [InlineData("5f00::1", AddressScope.Reserved)]
    [InlineData("fc00::1", AddressScope.Private)]
    [InlineData("fdff::1", AddressScope.Private)]
    [InlineData("fe00::1", AddressScope.Reserved)]
    [InlineData("fe80::1", AddressScope.LinkLocal)]
    [InlineData("febf::1", AddressScope.LinkLocal)]
    [InlineData("fec0::1", AddressScope.Private)]
    [InlineData("ff02::1", AddressScope.Multicast)]
    [InlineData("node.example.org", AddressScope.Name)]
    public void IPv6_blocks_and_names_are_known(string host, AddressScope scope)
    {
        Assert.Equal(scope, ScopeOf(host));
        Assert.Equal(scope is AddressScope.Public or AddressScope.Name, PeerHost.Parse(host).IsPublic);
    }

    [Theory]
    [InlineData("8.8.1.1", "8.8.1.1/32", "8.8.0.0/16")]
    [InlineData("2a00:1450:1:2:3:4:5:6", "2a00:1450:1:2::/64", "2a00:1450::/32")]
    [InlineData("2002:808:101::1", "8.8.1.1/32", "8.8.0.0/16")]
    [InlineData("64:ff9b::8.8.1.1", "8.8.1.1/32", "8.8.0.0/16")]
    [InlineData("127.3.2.1", "loopback", "loopback")]
    [InlineData("::1", "loopback", "loopback")]
    [InlineData("10.1.2.3", "10.1.2.3/32", "10.1.0.0/16")]
    [InlineData("Node.Example.org", "node.example.org", "node.example.org")]
    public void Hosts_of_one_network_count_as_one(string host, string subscriber, string group)
    {
        Assert.Equal(subscriber, PeerHost.Parse(host).Subscriber.ToString());
        Assert.Equal(group, PeerHost.Parse(host).Group.ToString());
    }

    private static AddressScope ScopeOf(string host) => PeerHost.Parse(host).Scope;
}
