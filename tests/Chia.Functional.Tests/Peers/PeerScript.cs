using Chia.Protocol.Blocks;
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

/// <summary>Announces the chain and then answers nothing.</summary>
internal sealed class SilentScript(IReadOnlyList<FullBlock> chain) : ChainScript(chain)
{
    public override Task Receive(TestPeer peer, Message message) => Task.CompletedTask;
}

/// <summary>Honest up to a height but for one block; what lies above or holds that block is not answered, and somebody is told when a
/// certain height is asked for.</summary>
internal sealed class StallingScript(IReadOnlyList<FullBlock> chain, uint missing, uint lastServed, uint waitFor) : ChainScript(chain)
{
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>That height was asked for.</summary>
    public Task Waiting => _waiting.Task;

    protected override async Task AnswerBlocks(TestPeer peer, RequestSyncBlocksMessage request)
    {
        if (request.Heights.Any(h => h >= waitFor))
            _waiting.TrySetResult();
        if (request.Heights.All(h => h <= lastServed && h != missing))
            await base.AnswerBlocks(peer, request);
    }
}

/// <summary>Honest, until it has answered for blocks a number of times: then it hangs up in the middle of the next answer.</summary>
internal sealed class DroppingScript(IReadOnlyList<FullBlock> chain, int answers) : ChainScript(chain)
{
    private readonly TaskCompletionSource _dropped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = answers;

    /// <summary>It has hung up.</summary>
    public Task Dropped => _dropped.Task;

    protected override async Task AnswerBlocks(TestPeer peer, RequestSyncBlocksMessage request)
    {
        if (Interlocked.Decrement(ref _left) >= 0)
        {
            await base.AnswerBlocks(peer, request);
            return;
        }

        var frame =
            Protocol.MessageRegistry.Encode(new SyncBlocksMessage(request.TipHeaderHash, [.. request.Heights.Select(h => Chain[(int)h])]));
        await peer.SendRaw(frame.AsMemory(0, frame.Length / 2));
        peer.HangUp();
        _dropped.TrySetResult();
    }
}
