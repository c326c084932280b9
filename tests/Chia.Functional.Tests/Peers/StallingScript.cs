using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;

namespace Chia.Functional.Tests.Peers;

/// <summary>Honest up to a height; what lies above it is not answered, and somebody is told when a certain height is asked for.</summary>
internal sealed class StallingScript(IReadOnlyList<FullBlock> chain, uint lastServed, uint waitFor) : ChainScript(chain)
{
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>That height was asked for.</summary>
    public Task Waiting => _waiting.Task;

    protected override async Task AnswerBlocks(TestPeer peer, RequestSyncBlocksMessage request)
    {
        if (request.Heights.Any(h => h >= waitFor))
            _waiting.TrySetResult();
        if (request.Heights.All(h => h <= lastServed))
            await base.AnswerBlocks(peer, request);
    }
}
