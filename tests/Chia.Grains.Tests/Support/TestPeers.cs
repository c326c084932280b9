using System.Security.Cryptography;
using System.Text;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Support;

/// <summary>Connections as gateways would describe them.</summary>
internal static class TestPeers
{
    public static PeerConnection Connection(Role local, Role peer, string id, ushort announcedPort = 0, NodeName? node = null) =>
        new(
            ConnectionId.Parse(id),
            node ?? NodeName.Main,
            local,
            peer,
            IdOf("local"),
            IdOf(id),
            "127.0.0.1",
            50000,
            announcedPort,
            IsOutbound: false,
            IsConfigured: false,
            "gateway",
            TimeSpan.Zero);

    private static Bytes32 IdOf(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
