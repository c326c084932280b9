using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Validation;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>
/// Blocks that could not be seen to when they came: the store did not take them, for want of room or of its server, or the chain, or those
/// who check, did not answer. The newest, in order of arrival. They are handed in again; those that were dropped are found by near-sync or
/// sync as others that were missed.
/// </summary>
internal sealed class PostponedBlocks
{
    /// <summary>Blocks kept: more than near-sync's window (SYNC.md 3.3), so that it closes the gap behind them; some 150 kB.</summary>
    private const int Capacity = 64;

    /// <summary>Unchecked blocks kept of one sender: anybody can invent them. What a peer greets with is three.</summary>
    private const int UncheckedOfOne = 16;

    private readonly List<PostponedBlock> _blocks = [];

    public int Count => _blocks.Count;

    /// <summary>Whether a block that passed its own checks is kept: its children wait with it, and nobody is asked for it.</summary>
    public bool Contains(Bytes32 headerHash) => _blocks.Exists(known => known.HeaderHash == headerHash && known.Verdict is not null);

    /// <summary>Keeps a block, unless it is kept already. Unchecked ones make room for checked ones, never the other way round.</summary>
    public void Add(PostponedBlock block)
    {
        if (_blocks.Exists(known => known.HeaderHash == block.HeaderHash && (known.Verdict is not null || block.Verdict is null)))
            return;
        if (block.Verdict is null && _blocks.Count(known => known.IsUncheckedOf(block.From)) == UncheckedOfOne)
            _blocks.RemoveAt(_blocks.FindIndex(known => known.IsUncheckedOf(block.From)));
        if (_blocks.Count == Capacity && !MakeRoom(isForUnchecked: block.Verdict is null))
            return;
        _blocks.Add(block);
    }

    /// <summary>Gives out what is kept and forgets it.</summary>
    public IReadOnlyList<PostponedBlock> TakeAll()
    {
        List<PostponedBlock> all = [.. _blocks];
        _blocks.Clear();
        return all;
    }

    private bool MakeRoom(bool isForUnchecked)
    {
        var dropped = _blocks.FindIndex(known => known.Verdict is null);
        if (dropped < 0 && isForUnchecked)
            return false;
        _blocks.RemoveAt(Math.Max(0, dropped));
        return true;
    }
}

/// <summary>A block that could not be seen to.</summary>
/// <param name="From">Who sent it.</param>
/// <param name="Block">The block.</param>
/// <param name="HeaderHash">Its id.</param>
/// <param name="Verdict">What the checks derived from it; null if it was not checked.</param>
/// <param name="IsInDoubt">The chain had it and did not answer: it may be stored, and nobody was told.</param>
internal sealed record PostponedBlock(
    PeerConnection From, BlockData Block, Bytes32 HeaderHash, BlockVerdict? Verdict, bool IsInDoubt = false)
{
    /// <summary>Of this sender, and unchecked.</summary>
    public bool IsUncheckedOf(PeerConnection sender) => Verdict is null && From.ConnectionId == sender.ConnectionId;
}
