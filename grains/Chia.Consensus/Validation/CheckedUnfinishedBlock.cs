using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Validation;

/// <summary>
/// An unfinished block that keeps every rule which needs nothing but itself (CONSENSUS.md 11). Made by <see cref="BlockChecker"/>,
/// or restored from what a trusted checker reported.
/// </summary>
public sealed class CheckedUnfinishedBlock
{
    internal CheckedUnfinishedBlock(FullBlock block, Bytes32 quality)
    {
        Block = block;
        HeaderHash = block.HeaderHash();
        Quality = quality;
    }

    /// <summary>The block; its proof of time and challenge are ignored.</summary>
    internal FullBlock Block { get; }

    /// <summary>Block id, which the finished block will keep.</summary>
    public Bytes32 HeaderHash { get; }

    /// <summary>Block id of the parent.</summary>
    internal Bytes32 PrevHeaderHash => Block.PrevHeaderHash;

    /// <summary>Quality of the proof of space.</summary>
    public Bytes32 Quality { get; }

    /// <summary>Height: the coinbase's.</summary>
    internal uint Height => Block.Height;

    /// <summary>What another process of the same cluster found when it checked this block: its word is taken.</summary>
    public static CheckedUnfinishedBlock Restore(FullBlock block, Bytes32 quality) => new(block, quality);
}
