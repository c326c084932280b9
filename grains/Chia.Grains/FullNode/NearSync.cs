using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Sync;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>
/// Blocks a little ahead of us: fetched backwards by <c>request_block</c> until one connects (SYNC.md 3.3). What lies further away,
/// or does not connect within the window and is heavier than our chain, is left to the sync (DECISIONS 10).
/// </summary>
internal sealed class NearSync(FullNodeServices services)
{
    /// <summary>A reference node answers in milliseconds; after this another peer is asked.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    /// <summary>Peers asked for one block before the sync takes over.</summary>
    private const int MaxAttempts = 3;

    private readonly DisconnectedBlocks _blocks = new(services.Options.MaxDisconnected);
    private readonly Dictionary<Bytes32, Wanted> _wanted = [];
    private readonly HashSet<Bytes32> _otherVariants = [];

    public int Waiting => _blocks.Count;

    /// <summary>A block whose parent is not stored.</summary>
    public async Task<Blame?> Disconnected(
        PeerConnection? from, Bytes32 headerHash, BlockData block, BlockStanding standing, List<OutboundMessage> outbound)
    {
        _wanted.Remove(headerHash);
        var height = block.Block.Height;
        var lowest = standing.LowestTipHeight;
        var window = services.Options.NearSync;
        if (from is null || block.Block.HeaderBlock.Challenge is null || block.Block.HeaderBlock.ProofOfTime is null)
            return null;
        if (window.Contains(lowest, height))
        {
            if (!_blocks.TryAdd(headerHash, block, from))
                return Blame.Unhelpful("sent more unconnected blocks than anybody needs");
            Ask(block.Block.PrevHeaderHash, headerHash, from, outbound);
            return null;
        }

        if (height > lowest)
        {
            await services.Sync.Announced(from.ConnectionId, block, TipKind.Disconnected);
            return null;
        }

        // Below the window and still unconnected: a fork deeper than near-sync reaches.
        _blocks.TryAdd(headerHash, block, from);
        await HandOver(headerHash, standing.HeaviestWeight);
        return null;
    }

    /// <summary>The children that waited for a block which is stored now.</summary>
    public IReadOnlyList<DisconnectedBlocks.Entry> Connected(Bytes32 headerHash)
    {
        _wanted.Remove(headerHash);
        _otherVariants.Remove(headerHash);
        return _blocks.TakeChildren(headerHash);
    }

    /// <summary>The children that wait for a block; they go on waiting.</summary>
    public IReadOnlyList<DisconnectedBlocks.Entry> ChildrenOf(Bytes32 headerHash) => _blocks.ChildrenOf(headerHash);

    /// <summary>The blocks that wait above one, on the way to the heaviest of them; they go on waiting.</summary>
    public IReadOnlyList<DisconnectedBlocks.Entry> HeaviestBranch(Bytes32 headerHash) => _blocks.HeaviestBranch(headerHash);

    /// <summary>The lowest waiting ancestor of a waiting block, if that is another one.</summary>
    public DisconnectedBlocks.Entry? LowestWaitingAncestor(Bytes32 headerHash) => _blocks.LowestAncestor(headerHash);

    /// <summary>A child names the challenge of another variant of its stored parent: that copy is fetched (DECISIONS 1).</summary>
    public void WantOtherVariant(BlockData child, PeerConnection? from, List<OutboundMessage> outbound)
    {
        if (from is null)
            return;
        _otherVariants.Add(child.Block.PrevHeaderHash);
        _blocks.TryAdd(child.Block.HeaderHash(), child, from);
        Ask(child.Block.PrevHeaderHash, child.Block.HeaderHash(), from, outbound);
    }

    public bool IsOtherVariantWanted(Bytes32 headerHash) => _otherVariants.Contains(headerHash);

    /// <summary>Drops what lies too far below the lowest tip.</summary>
    public void Prune(uint lowestTipHeight) =>
        _blocks.Prune(lowestTipHeight > services.Options.Retention ? lowestTipHeight - services.Options.Retention : 0);

    /// <summary>Asks somebody else for what was not answered, and gives up in favour of the sync.</summary>
    public async Task Tick()
    {
        var now = services.Time.GetUtcNow();
        foreach (var (hash, wanted) in _wanted.Where(w => now - w.Value.At > AnswerTime).ToList())
        {
            if (wanted.Attempts >= MaxAttempts)
            {
                _wanted.Remove(hash);
                _otherVariants.Remove(hash);
                await HandOver(wanted.Child, (await services.Chain.GetSnapshot()).Heaviest.TotalWeight);
                continue;
            }

            _wanted[hash] = wanted with { At = now, Attempts = wanted.Attempts + 1 };
            if (await services.Directory.PickRandom(NodeType.FullNode) is { } other)
                await services.Grains.GetGrain<IPeerGrain>(other.GrainKey()).Send(Request(hash));
        }
    }

    private void Ask(Bytes32 hash, Bytes32 child, PeerConnection from, List<OutboundMessage> outbound)
    {
        if (_blocks.Contains(hash) || !_wanted.TryAdd(hash, new Wanted(child, services.Time.GetUtcNow(), 1)))
            return;
        if (from.PeerRole == NodeType.FullNode)
            outbound.Add(Request(hash));
    }

    private async Task HandOver(Bytes32 headerHash, ulong heaviestWeight)
    {
        if (_blocks.HeaviestDescendant(headerHash) is { From: { } from } top && top.Block.Block.Weight > heaviestWeight)
            await services.Sync.Announced(from.ConnectionId, top.Block, TipKind.OutOfReach);
    }

    private static OutboundMessage Request(Bytes32 hash) =>
        OutboundMessage.Of(NodeType.FullNode, Delivery.Respond, new RequestBlockMessage(hash));

    private readonly record struct Wanted(Bytes32 Child, DateTimeOffset At, int Attempts);
}
