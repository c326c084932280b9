using System.Net;
using Chia.Protocol.Addresses;
using Chia.Protocol.Blocks;

namespace Chia.Protocol.Tests.Addresses;

/// <summary>One spelling an address, before it is a key (DECISIONS 21).</summary>
public sealed class PeerHostTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.1", "127.0.0.1")]
    [InlineData("127.0.1", "127.0.0.1")]
    [InlineData("2130706433", "127.0.0.1")]
    [InlineData("0x7f000001", "127.0.0.1")]
    [InlineData("0X7F.1", "127.0.0.1")]
    [InlineData("0177.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.001", "127.0.0.1")]
    [InlineData("127.0.0.1.", "127.0.0.1")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1")]
    [InlineData("::FFFF:7f00:1", "127.0.0.1")]
    [InlineData("0:0:0:0:0:ffff:127.0.0.1", "127.0.0.1")]
    [InlineData("[::ffff:127.0.0.1]", "127.0.0.1")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("LOCALHOST", "127.0.0.1")]
    [InlineData("localhost.", "127.0.0.1")]
    [InlineData("a.b.Localhost", "127.0.0.1")]
    [InlineData("8.8.8.8", "8.8.8.8")]
    [InlineData("010.8.8.8", "8.8.8.8")]
    [InlineData("2A00:1450:0:0:0:0:0:1", "2a00:1450::1")]
    [InlineData("2a00:1450:0000:0000:0000::0001", "2a00:1450::1")]
    [InlineData("[2a00:1450::1]", "2a00:1450::1")]
    [InlineData("2a00:1450::1%7", "2a00:1450::1")]
    [InlineData("fe80::1%7", "fe80::1%7")]
    [InlineData("::1", "::1")]
    [InlineData("Node.Example.ORG", "node.example.org")]
    [InlineData("node.example.org.", "node.example.org")]
    [InlineData("xn--hst-sna.example", "xn--hst-sna.example")]
    [InlineData("a_b.example", "a_b.example")]
    public void Spellings_of_one_host_are_one_host(string text, string canonical)
    {
        var host = PeerHost.Parse(text);

        Assert.Equal(canonical, host.ToString());
        Assert.Equal(PeerHost.Parse(canonical), host);
        Assert.Equal(PeerHost.Parse(canonical).GetHashCode(), host.GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("127.0..")]
    [InlineData("a.example..")]
    [InlineData(" 1.2.3.4")]
    [InlineData("no host")]
    [InlineData("höst")]
    [InlineData("a..b")]
    [InlineData("-a.example")]
    [InlineData("a\n")]
    [InlineData("a\0b")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("08.0.0.1")]
    [InlineData("4294967296")]
    [InlineData("example.1")]
    [InlineData("example.0x1")]
    [InlineData("1.2.3.4:80")]
    [InlineData("[::1]:80")]
    [InlineData("[::1")]
    [InlineData("::1]")]
    [InlineData("[127.0.0.1]")]
    [InlineData("::1/128")]
    [InlineData(":::1")]
    [InlineData("fe80::1::2")]
    [InlineData("/etc/passwd")]
    [InlineData("a@b")]
    public void What_cannot_be_dialled_is_no_host(string text) => Assert.False(PeerHost.TryParse(text, out _));

    [Fact]
    public void Names_end_where_DNS_ends()
    {
        var longest = string.Join('.', Enumerable.Repeat(new string('a', 62), 4))[..249] + ".org";

        Assert.True(PeerHost.TryParse(longest, out _));
        Assert.True(PeerHost.TryParse(longest + ".", out _));
        Assert.False(PeerHost.TryParse("a" + longest, out _));
        Assert.False(PeerHost.TryParse(new string('a', 64) + ".org", out _));
        Assert.False(PeerHost.TryParse(new string('1', 1 << 20), out _));
    }

    [Fact]
    public void A_socket_tells_the_same_host_as_a_text()
    {
        Assert.Equal(PeerHost.Parse("8.8.8.8"), PeerHost.Of(IPAddress.Parse("::ffff:8.8.8.8")));
        Assert.Equal(PeerHost.Parse("2a00:1450::1"), PeerHost.Of(IPAddress.Parse("2a00:1450::1%3")));
        Assert.Equal(IPAddress.Parse("8.8.8.8"), PeerHost.Parse("::ffff:8.8.8.8").Address);
    }

    [Theory]
    [InlineData("a.example", 0, false)]
    [InlineData("a.example", 1, true)]
    [InlineData("no host", 1, false)]
    public void An_address_has_a_port(string host, int port, bool valid) =>
        Assert.Equal(valid, PeerAddress.TryOf(new PeerInfo(host, (ushort)port), out _));

    [Theory]
    [InlineData("127.1:8444", "127.0.0.1:8444")]
    [InlineData("[::1]:8444", "[::1]:8444")]
    [InlineData("[::ffff:8.8.8.8]:1", "8.8.8.8:1")]
    [InlineData("Node.Example.org.:65535", "node.example.org:65535")]
    [InlineData("::1:8444", null)]
    [InlineData("1.2.3.4", null)]
    [InlineData("1.2.3.4:", null)]
    [InlineData("1.2.3.4:0", null)]
    [InlineData("1.2.3.4:65536", null)]
    [InlineData("1.2.3.4:+1", null)]
    [InlineData(":8444", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Addresses_are_read_as_people_write_them(string? text, string? canonical)
    {
        Assert.Equal(canonical is not null, PeerAddress.TryParse(text, out var address));
        if (canonical is not null)
            Assert.Equal(canonical, address.ToString());
    }

    [Fact]
    public void What_a_peer_tells_is_taken_as_far_as_it_can_be_dialled()
    {
        PeerInfo[] told = [new("8.8.8.8", 8444), new("8.8.8.8", 0), new("h\u00f6st", 8444), new("", 1), new("Node.Example.org.", 1)];
        Assert.Equal(["8.8.8.8:8444", "node.example.org:1"], PeerAddress.Dialable(told).Select(a => a.ToString()));
    }

    [Fact]
    public void Equal_addresses_are_one_key()
    {
        var keys = new[] { "127.1:1", "localhost:1", "[::ffff:127.0.0.1]:1", "127.0.0.1:2" }
            .Select(text => PeerAddress.TryParse(text, out var address) ? address : default)
            .ToHashSet();

        Assert.Equal(["127.0.0.1:1", "127.0.0.1:2"], keys.Select(k => k.ToString()).Order());
    }
}
