using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Grains.FullNode;

/// <summary>
/// Blocks a little ahead of us: fetched backwards by <c>request_block</c> until one connects (SYNC.md 3.3). What lies further away,
/// or does not connect within the window and is heavier than our chain, is left to the sync (DECISIONS 10).
/// </summary>
/// <remarks>Only those who sent a descendant are asked for a block: whoever invents one makes nobody else work for it.</remarks>
internal sealed class NearSync(FullNodeServices services)
{
    /// <summary>A reference node answers in milliseconds; after this another peer is asked.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    /// <summary>Peers asked for one block before the sync takes over.</summary>
    private const int MaxAttempts = 3;

    private readonly DisconnectedBlocks _blocks = new(services.Options.MaxDisconnected);
    private readonly Dictionary<Bytes32, Wanted> _wanted = [];
    private readonly HashSet<Bytes32> _wantedVariants = [];
    private readonly BoundedByHeight<Bytes32, BlockSubmission> _heldVariants = new(services.Options.MaxDisconnected);

    /// <summary>True if a block whose parent is not stored is nothing for near-sync: the sync was told if it may be of use to
    /// it.</summary>
    public async Task<bool> IsForSync(PeerConnection from, Bytes32 headerHash, BlockData block, BlockStanding standing)
    {
        if (block.Block.HeaderBlock.Challenge is null || block.Block.HeaderBlock.ProofOfTime is null)
            return true;
        var height = block.Block.Height;
        if (services.Options.NearSync.Contains(standing.LowestTipHeight, height))
            return false;
        if (height > standing.LowestTipHeight)
        {
            await services.Sync.Announced(from.ConnectionId, block, TipKind.Disconnected);
            return true;
        }

        // Below the window only the end of a walk is of interest, or what is heavier than all we have.
        return !_wanted.ContainsKey(headerHash) && block.Block.Weight <= standing.HeaviestWeight
            && _blocks.ChildrenOf(headerHash).Count == 0;
    }

    /// <summary>A block whose parent is not stored, within reach, which passed the checks of a block alone.</summary>
    public async Task<List<RoleEffect>> Disconnected(PeerConnection from, BlockData block, BlockVerdict verdict, BlockStanding standing)
    {
        _wanted.Remove(verdict.HeaderHash);
        var effects = new List<RoleEffect>();
        if (!_blocks.Add(from, block, verdict))
            effects.Add(new RoleEffect.Penalise(from, Blame.Unhelpful("sent more unconnected blocks than anybody needs")));
        if (services.Options.NearSync.Contains(standing.LowestTipHeight, block.Block.Height))
            effects.AddRange(Ask(block.Block.PrevHeaderHash, verdict.HeaderHash, from));
        else
            await HandOver(verdict.HeaderHash, standing.HeaviestWeight); // A fork deeper than near-sync reaches.
        return effects;
    }

    /// <summary>A block is here, though it could not be seen to yet: whoever was asked for it has given it, or, while it is not checked,
    /// seems to have.</summary>
    public void Came(Bytes32 headerHash, bool isChecked)
    {
        if (isChecked)
            _wanted.Remove(headerHash);
        else
            WaitOn(headerHash);
    }

    /// <summary>The children that waited for a block which is stored now.</summary>
    public IReadOnlyList<DisconnectedBlocks.Entry> Connected(Bytes32 headerHash)
    {
        _wanted.Remove(headerHash);
        _wantedVariants.Remove(headerHash);
        return _blocks.TakeChildren(headerHash);
    }

    /// <summary>The blocks that wait above one, on the way to the heaviest of them; they go on waiting.</summary>
    public IReadOnlyList<DisconnectedBlocks.Entry> HeaviestBranch(Bytes32 headerHash) => _blocks.HeaviestBranch(headerHash);

    /// <summary>The lowest waiting ancestor of a waiting block, if that is another one.</summary>
    public DisconnectedBlocks.Entry? LowestWaitingAncestor(Bytes32 headerHash) => _blocks.LowestAncestor(headerHash);

    /// <summary>A child names the challenge of another variant of its stored parent: that copy is fetched, unless it is held
    /// (DECISIONS 1).</summary>
    public IReadOnlyList<RoleEffect> WantOtherVariant(PeerConnection from, BlockData child, BlockVerdict verdict)
    {
        var parent = child.Block.PrevHeaderHash;
        _blocks.Add(from, child, verdict);
        if (HeldVariantFor(child.Block) is not null)
            return [];
        var effects = Ask(parent, verdict.HeaderHash, from);

        // What our own timelord built on, nobody is asked for; then no other copy is waited for either.
        if (_wanted.ContainsKey(parent))
            _wantedVariants.Add(parent);
        return effects;
    }

    /// <summary>The other variant of a stored block has come, checked, and what waits above it is not heavier than our branch yet: it is
    /// kept for the next child that answers it.</summary>
    public void HoldOtherVariant(BlockSubmission variant)
    {
        var block = variant.Block.Block;
        _wanted.Remove(variant.Verdict.HeaderHash);
        _wantedVariants.Remove(variant.Verdict.HeaderHash);
        _heldVariants.Set(variant.Verdict.HeaderHash, block.Height, variant);
    }

    /// <summary>The variant of a block's parent that is held and whose challenge the block answers; null if there is none.</summary>
    public BlockSubmission? HeldVariantFor(FullBlock child) =>
        _heldVariants.Find(child.PrevHeaderHash) is { } held
        && held.Block.Block.HeaderBlock.Challenge!.Sha256() == child.HeaderBlock.ProofOfSpace.ChallengeHash ? held : null;

    public bool IsOtherVariantWanted(Bytes32 headerHash) => _wantedVariants.Contains(headerHash);

    /// <summary>Drops what lies below a height.</summary>
    public void Prune(uint lowest)
    {
        _blocks.Prune(lowest);
        _heldVariants.Prune(lowest);
    }

    /// <summary>A peer is gone, and with it what it alone had sent.</summary>
    public void Forget(PeerConnection peer) => _blocks.Forget(peer.ConnectionId);

    /// <summary>Whoever does not give what it built on is blamed, the next who claims to have it is asked; in the end the sync
    /// is.</summary>
    public async Task<List<RoleEffect>> Tick()
    {
        var effects = new List<RoleEffect>();
        foreach (var (hash, wanted) in _wanted.Where(w => services.Time.GetElapsedTime(w.Value.AskedAt) > AnswerTime).ToList())
        {
            var next = _blocks.ClaimantsOf(hash).FirstOrDefault(p => !wanted.Asked.Exists(a => a.ConnectionId == p.ConnectionId));
            var isLast = next is null || wanted.Asked.Count >= MaxAttempts;
            if (isLast && !await TryHandOver(wanted.Child))
            {
                // Later; nobody is blamed before.
                WaitOn(hash);
                continue;
            }

            // It may have come while the sync was told of another.
            if (!_wanted.TryGetValue(hash, out var still) || still.AskedAt != wanted.AskedAt)
                continue;

            effects.Add(
                new RoleEffect.Penalise(wanted.Asked[^1], Blame.Unhelpful($"does not give block {hash}, on which it built another")));
            if (isLast)
            {
                _wanted.Remove(hash);
                _wantedVariants.Remove(hash);
                continue;
            }

            wanted.Asked.Add(next!);
            _wanted[hash] = wanted with { AskedAt = services.Time.GetTimestamp() };
            effects.Add(Request(next!, hash));
        }

        return effects;
    }

    private void WaitOn(Bytes32 hash)
    {
        if (_wanted.TryGetValue(hash, out var wanted))
            _wanted[hash] = wanted with { AskedAt = services.Time.GetTimestamp() };
    }

    /// <summary>False while the cluster moves.</summary>
    private Task<bool> TryHandOver(Bytes32 headerHash) => services.TryTellSync(
        "a fork", async () => await HandOver(headerHash, (await services.Chain.GetSnapshot()).Heaviest.TotalWeight));

    private IReadOnlyList<RoleEffect> Ask(Bytes32 hash, Bytes32 child, PeerConnection from)
    {
        if (from.PeerRole != Role.FullNode || _blocks.Contains(hash)
            || !_wanted.TryAdd(hash, new Wanted(child, services.Time.GetTimestamp(), [from])))
        {
            return [];
        }

        return [Request(from, hash)];
    }

    private async Task HandOver(Bytes32 headerHash, ulong heaviestWeight)
    {
        if (_blocks.HeaviestDescendant(headerHash) is { } top && top.Block.Block.Weight > heaviestWeight)
            await services.Sync.Announced(top.From.ConnectionId, top.Block, TipKind.OutOfReach);
    }

    private static RoleEffect.Send Request(PeerConnection to, Bytes32 hash) => new(to, new RequestBlockMessage(hash));

    private readonly record struct Wanted(Bytes32 Child, long AskedAt, List<PeerConnection> Asked);
}
