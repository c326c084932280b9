using Chia.Functional.Tests.Peers;
using Chia.Protocol.Handshake;
using Chia.Protocol.Primitives;

namespace Chia.Cluster.Tests.Support;

/// <summary>A peer that comes back as itself.</summary>
internal static class TestIdentity
{
    /// <summary>A frame to introduce oneself with, again and again.</summary>
    public static byte[] Frame() =>
        new HandshakeMachine(TestPeer.NewIdentity(Role.FullNode), new HandshakePolicy(false)).Start()
            .OfType<HandshakeEffect.WriteFrame>().Single().Frame.ToArray();

    /// <summary>Dials until the node takes it.</summary>
    public static async Task<TestPeer> DialUntilTaken(int port, byte[] handshake, PeerScript? script = null)
    {
        TestPeer? peer = null;
        await Poll.Until(async () =>
        {
            try
            {
                peer = await TestPeer.Dial(port, script, handshake: handshake);
                return true;
            }
            catch (Exception error) when (error is IOException or InvalidOperationException or System.Net.Sockets.SocketException)
            {
                return false;
            }
        });
        return peer!;
    }
}
