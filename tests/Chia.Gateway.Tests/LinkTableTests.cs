using System.Net;
using Chia.Gateway.Connections;

namespace Chia.Gateway.Tests;

public class LinkTableTests
{
    private static readonly IPAddress Somebody = IPAddress.Parse("203.0.113.1");

    [Fact]
    public void An_address_gets_so_many_connections_and_no_more()
    {
        var table = new LinkTable(new GatewayLimits { MaxInboundPerAddress = 2 });
        Assert.True(table.TryEnter(Somebody));
        Assert.True(table.TryEnter(Somebody));
        Assert.False(table.TryEnter(Somebody));
        Assert.True(table.TryEnter(IPAddress.Parse("203.0.113.2")));
        table.Leave(Somebody);
        Assert.True(table.TryEnter(Somebody));
    }

    [Fact]
    public void An_address_is_the_same_in_either_notation()
    {
        var table = new LinkTable(new GatewayLimits { MaxInboundPerAddress = 1 });
        Assert.True(table.TryEnter(Somebody));
        Assert.False(table.TryEnter(Somebody.MapToIPv6()));
        table.Leave(Somebody.MapToIPv6());
        Assert.True(table.TryEnter(Somebody));
    }

    [Fact]
    public void Loopback_is_bounded_by_the_total_only()
    {
        var table = new LinkTable(new GatewayLimits { MaxInbound = 3, MaxInboundPerAddress = 1 });
        foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Loopback.MapToIPv6() })
            Assert.True(table.TryEnter(address));
        Assert.False(table.TryEnter(IPAddress.Loopback));
        Assert.False(table.TryEnter(Somebody));
    }
}
