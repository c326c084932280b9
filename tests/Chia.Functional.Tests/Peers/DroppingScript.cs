using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;

namespace Chia.Functional.Tests.Peers;

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
