using System.Collections.Concurrent;
using System.Collections.Immutable;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Functional.Tests.Peers;

/// <summary>A full node with one chain, honest: announces its tips and answers what it is asked. Its descendants are not honest.</summary>
internal class ChainScript : PeerScript
{
    private readonly Dictionary<Bytes32, FullBlock> _byHash;

    public ChainScript(IReadOnlyList<FullBlock> chain, int announced = 3)
    {
        Chain = chain;
        Announced = announced;
        _byHash = chain.ToDictionary(b => b.HeaderHash());
        Hashes = [.. chain.Select(b => b.HeaderHash())];
    }

    /// <summary>Genesis first.</summary>
    public IReadOnlyList<FullBlock> Chain { get; }

    /// <summary>Header hashes of the chain.</summary>
    public ImmutableArray<Bytes32> Hashes { get; }

    /// <summary>How many tips are announced on connect, best first.</summary>
    public int Announced { get; }

    /// <summary>Heights asked for with <c>request_sync_blocks</c>, in order, over all connections.</summary>
    public ConcurrentQueue<uint> BlocksAsked { get; } = [];

    /// <summary>Hashes asked for with <c>request_block</c>, in order.</summary>
    public ConcurrentQueue<Bytes32> HashesAsked { get; } = [];

    public override async Task Established(TestPeer peer)
    {
        foreach (var tip in Chain.Reverse().Take(Announced))
            await peer.Send(new BlockMessage(tip));
    }

    public override Task Receive(TestPeer peer, Message message) => message switch
    {
        RequestBlockMessage m => AnswerBlock(peer, m),
        RequestAllHeaderHashesMessage m => AnswerHashes(peer, m),
        RequestHeaderBlocksMessage m => AnswerHeaders(peer, m),
        RequestSyncBlocksMessage m => AnswerBlocks(peer, m),
        _ => Task.CompletedTask,
    };

    protected virtual async Task AnswerBlock(TestPeer peer, RequestBlockMessage request)
    {
        HashesAsked.Enqueue(request.HeaderHash);
        if (_byHash.TryGetValue(request.HeaderHash, out var block))
            await peer.Send(new BlockMessage(block));
    }

    protected virtual async Task AnswerHashes(TestPeer peer, RequestAllHeaderHashesMessage request)
    {
        var at = Hashes.IndexOf(request.TipHeaderHash);
        if (at >= 0)
            await peer.Send(new AllHeaderHashesMessage(Hashes[..(at + 1)]));
    }

    protected virtual async Task AnswerHeaders(TestPeer peer, RequestHeaderBlocksMessage request)
    {
        if (Hashes.Contains(request.TipHeaderHash))
            await peer.Send(new HeaderBlocksMessage(request.TipHeaderHash, [.. request.Heights.Select(h => Chain[(int)h].HeaderBlock)]));
    }

    protected virtual async Task AnswerBlocks(TestPeer peer, RequestSyncBlocksMessage request)
    {
        foreach (var height in request.Heights)
            BlocksAsked.Enqueue(height);
        if (Hashes.Contains(request.TipHeaderHash))
            await peer.Send(new SyncBlocksMessage(request.TipHeaderHash, [.. request.Heights.Select(h => Chain[(int)h])]));
    }
}

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
