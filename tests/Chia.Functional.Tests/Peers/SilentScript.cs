using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;

namespace Chia.Functional.Tests.Peers;

/// <summary>Announces the chain and then answers nothing.</summary>
internal sealed class SilentScript(IReadOnlyList<FullBlock> chain) : ChainScript(chain)
{
    public override Task Receive(TestPeer peer, Message message) => Task.CompletedTask;
}
