using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>
/// Valid blocks that the store did not take, for want of room or of its server: the newest, in order of arrival. They are handed in again
/// when it does; those that were dropped are found by near-sync or sync as others that were missed.
/// </summary>
internal sealed class RefusedBlocks
{
    /// <summary>Blocks kept: more than near-sync's window (SYNC.md 3.3), so that it closes the gap behind them; some 150 kB.</summary>
    private const int Capacity = 64;

    private readonly List<RefusedBlock> _blocks = [];

    public int Count => _blocks.Count;

    /// <summary>Whether a block is kept: its children wait with it, and nobody is asked for it.</summary>
    public bool Contains(Bytes32 headerHash) => _blocks.Any(known => known.HeaderHash == headerHash);

    /// <summary>Keeps a block, unless it is kept already.</summary>
    public void Add(RefusedBlock block)
    {
        if (Contains(block.HeaderHash))
            return;
        if (_blocks.Count == Capacity)
            _blocks.RemoveAt(0);
        _blocks.Add(block);
    }

    /// <summary>Gives out what is kept and forgets it.</summary>
    public IReadOnlyList<RefusedBlock> TakeAll()
    {
        List<RefusedBlock> all = [.. _blocks];
        _blocks.Clear();
        return all;
    }
}

/// <summary>A valid block that was not stored.</summary>
/// <param name="From">Who sent it.</param>
/// <param name="Block">The block.</param>
/// <param name="Verdict">What the checks derived from it.</param>
internal sealed record RefusedBlock(PeerConnection From, BlockData Block, BlockVerdict Verdict)
{
    public Bytes32 HeaderHash => Verdict.HeaderHash;
}
