using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Tests.Peers;

/// <summary>Where a peer can be dialled (PROTOCOL.md 7.1).</summary>
public sealed class PeerConnectionTests
{
    [Theory]
    [InlineData(Role.FullNode, 8555, true)]
    [InlineData(Role.FullNode, 0, false)]
    [InlineData(Role.Farmer, 8555, false)]
    [InlineData(Role.Harvester, 8555, false)]
    [InlineData(Role.Timelord, 8555, false)]
    [InlineData(Role.Introducer, 8555, false)]
    public void Only_a_full_node_that_announces_a_port_listens_at_its_address_and_that_port(Role role, ushort port, bool listens)
    {
        var peer = new PeerConnection(
            ConnectionId.New(), NodeName.Main, Role.FullNode, role, default, default, "203.0.113.7", 50_000, port, false, false, "gateway",
            TimeSpan.Zero);
        Assert.Equal(listens ? PeerAddress.Of("203.0.113.7", port) : null, peer.ListensAt());
    }
}
