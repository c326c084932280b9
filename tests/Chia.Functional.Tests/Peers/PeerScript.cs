using Chia.Protocol.Messages;

namespace Chia.Functional.Tests.Peers;

/// <summary>What a test peer does by itself; this one does nothing.</summary>
internal class PeerScript
{
    /// <summary>The handshake is done.</summary>
    public virtual Task Established(TestPeer peer) => Task.CompletedTask;

    /// <summary>The node said something.</summary>
    public virtual Task Receive(TestPeer peer, Message message) => Task.CompletedTask;
}
