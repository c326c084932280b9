using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Functional.Tests.Peers;

/// <summary>Announces the chain, tells its hashes and headers, and lies about the blocks.</summary>
internal sealed class LyingScript(IReadOnlyList<FullBlock> chain, Func<FullBlock, FullBlock> lie) : ChainScript(chain)
{
    private readonly TaskCompletionSource _lied = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>It has told its first lie.</summary>
    public Task Lied => _lied.Task;

    /// <summary>The same block with a witness that proves nothing: the header hash stays the same.</summary>
    public static FullBlock WithBadWitness(FullBlock block)
    {
        var time = block.HeaderBlock.ProofOfTime!;
        var witness = time.Witness.Span.ToArray();
        witness[^1] ^= 1;
        return block with { HeaderBlock = block.HeaderBlock with { ProofOfTime = time with { Witness = ByteString.Adopt(witness) } } };
    }

    protected override async Task AnswerBlocks(TestPeer peer, RequestSyncBlocksMessage request)
    {
        foreach (var height in request.Heights)
            BlocksAsked.Enqueue(height);
        await peer.Send(new SyncBlocksMessage(request.TipHeaderHash, [.. request.Heights.Select(h => lie(Chain[(int)h]))]));
        _lied.TrySetResult();
    }
}
