using System.Net;
using System.Net.Sockets;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Testing;

namespace Chia.Silo.Tests.Hosting;

/// <summary>Ports that nobody has just now.</summary>
public sealed class FreePortsTests
{
    [Fact]
    public void A_run_of_ports_can_be_listened_on_all_at_once()
    {
        var first = FreePorts.FindRun(20);
        var listeners = Enumerable.Range(first, 20).Select(port => new TcpListener(IPAddress.Loopback, port)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            Assert.InRange(first + 19, 1024, 32_767);
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }

    /// <summary>Whoever looks for several runs listens on none of them meanwhile.</summary>
    [Fact]
    public void No_port_is_found_twice()
    {
        var found = Enumerable.Range(0, 40).SelectMany(_ => Enumerable.Range(FreePorts.FindRun(50), 50)).ToList();
        Assert.Equal(found.Distinct(), found);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8444)]
    public void An_address_of_another_machine_is_refused_before_anything_starts(int port)
    {
        var fault = Assert.Throws<UserException>(() => FreePorts.Require(Listening(Elsewhere, port)));
        Assert.Equal("this machine has no address 203.0.113.9 of the full_node: choose one of its own with --host A", fault.Message);
    }

    [Fact]
    public void The_address_of_the_API_is_looked_at_even_where_any_port_will_do()
    {
        var settings = Listening(IPAddress.Loopback, 0) with { Api = new ApiPort(Elsewhere, 8555, MayMove: true) };
        Assert.Contains("of the API", Assert.Throws<UserException>(() => FreePorts.Require(settings)).Message, StringComparison.Ordinal);
    }

    /// <summary>Kept for documents (RFC 5737): no machine has it.</summary>
    private static IPAddress Elsewhere { get; } = IPAddress.Parse("203.0.113.9");

    private static NodeSettings Listening(IPAddress address, int port) => new()
    {
        Network = TestNetworks.Of("small40"),
        Root = "",
        Roles = [new RoleSettings(Role.FullNode, port) { Address = address }],
    };
}
